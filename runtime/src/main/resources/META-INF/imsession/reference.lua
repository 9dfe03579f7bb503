-- Enters a session into the index, or keeps it there for longer.
-- KEYS[1] set of a reference
-- ARGV    session id, how long the entry is to stay (milliseconds)
-- Returns the score of the entry: when it may go. Each entering makes it greater, so that who removes an older one can tell.
local key, id = KEYS[1], ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local score = now + ARGV[2]
local before = redis.call('ZSCORE', key, id)
if before and tonumber(before) >= score then
  score = tonumber(before) + 1
end
redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
redis.call('ZADD', key, score, id)
if redis.call('PTTL', key) < score - now then
  redis.call('PEXPIREAT', key, score)
end
return score
