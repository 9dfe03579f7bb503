-- Removes a session from the index, unless it was entered again meanwhile.
-- KEYS[1] set of a reference
-- ARGV    session id, score of the entry to remove
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) <= tonumber(ARGV[2]) then
  return redis.call('ZREM', KEYS[1], ARGV[1], '+' .. ARGV[1])
end
return 0
