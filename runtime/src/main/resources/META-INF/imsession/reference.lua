-- Enters a session into the index, or keeps it there for longer, unless the set is full.
-- KEYS[1] set of a reference: its entries have positive scores. A negative one is a mark '+<id>': until then, the entry of that id
--         counts although there is no session yet
-- ARGV    session id, how long the entry is to stay (milliseconds), the most entries or 0,
--         how long a session may take to be stored (milliseconds), id of a session that leaves its place to this one or empty
-- Returns {1, score of the entry: when it may go, whether it is a new one}. Each entering makes the score greater, so that who
-- removes an older one can tell. Returns {0, id, score, whether it has a mark, ... of all entries} if the set is full.
local key, id, max, instead = KEYS[1], ARGV[1], tonumber(ARGV[3]), ARGV[5]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local score = now + ARGV[2]
local before = redis.call('ZSCORE', key, id)
if before and tonumber(before) >= score then
  score = tonumber(before) + 1
end
redis.call('ZREMRANGEBYSCORE', key, 0, now)
redis.call('ZREMRANGEBYSCORE', key, -now, '(0')
if max > 0 then
  local taken = redis.call('ZCOUNT', key, 0, '+inf')
  if instead ~= '' and redis.call('ZSCORE', key, instead) then
    taken = taken - 1
  end
  if taken >= max and not redis.call('ZSCORE', key, id) then
    local full = {0}
    local entries = redis.call('ZRANGEBYSCORE', key, 0, '+inf', 'WITHSCORES')
    for i = 1, #entries, 2 do
      full[#full + 1] = entries[i]
      full[#full + 1] = entries[i + 1]
      full[#full + 1] = redis.call('ZSCORE', key, '+' .. entries[i]) and 1 or 0
    end
    return full
  end
  redis.call('ZADD', key, -(now + ARGV[4]), '+' .. id)
end
redis.call('ZADD', key, score, id)
if redis.call('PTTL', key) < score - now then
  redis.call('PEXPIREAT', key, score)
end
return {1, score, before and 0 or 1}
