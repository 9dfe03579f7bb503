-- Removes sessions from the index, unless they were entered again meanwhile.
-- KEYS[1] set of a reference
-- ARGV    session id, score of the entry to remove, ...
-- Answers how many were removed.
local removed = 0
for i = 1, #ARGV, 2 do
  local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if score and tonumber(score) <= tonumber(ARGV[i + 1]) then
    removed = removed + redis.call('ZREM', KEYS[1], ARGV[i])
    redis.call('ZREM', KEYS[1], '+' .. ARGV[i])
  end
end
return removed
