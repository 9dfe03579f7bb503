-- Enters a session into the index, or keeps it there for longer, unless the set is full.
-- KEYS[1] set of a reference. An entry is a session id with a positive score: the time when it may be removed. An entry of
--         a session that is about to be stored also has a mark '+<id>' with a negative score: the entry counts until that time,
--         without the sign, although there is no session yet
-- ARGV    1 session id
--         2 how long the entry is to stay
--         3 the most entries, or 0
--         4 how long a session may take to be stored
--         5 id of a session that this one replaces, or empty
-- All times are in milliseconds.
-- Answers {'ENTERED', score of the entry, 1 if it is a new one, else 0}. Each call makes the score greater, so that a caller that
-- removes an older entry can tell. Answers {'FULL', id, score, 1 if it has a mark, else 0, ... of all entries} if the set is full.
local key, id, max, replaced = KEYS[1], ARGV[1], tonumber(ARGV[3]), ARGV[5]
local time = now()
local score = time + ARGV[2]
local before = redis.call('ZSCORE', key, id)
if before and tonumber(before) >= score then
  score = tonumber(before) + 1
end
redis.call('ZREMRANGEBYSCORE', key, 0, time)
redis.call('ZREMRANGEBYSCORE', key, -time, '(0')
if max > 0 then
  local count = redis.call('ZCOUNT', key, 0, '+inf')
  if replaced ~= '' and redis.call('ZSCORE', key, replaced) then
    count = count - 1
  end
  if count >= max and not redis.call('ZSCORE', key, id) then
    local answer = {'FULL'}
    local entries = redis.call('ZRANGEBYSCORE', key, 0, '+inf', 'WITHSCORES')
    for i = 1, #entries, 2 do
      answer[#answer + 1] = entries[i]
      answer[#answer + 1] = entries[i + 1]
      answer[#answer + 1] = redis.call('ZSCORE', key, '+' .. entries[i]) and 1 or 0
    end
    return answer
  end
  redis.call('ZADD', key, -(time + ARGV[4]), '+' .. id)
end
redis.call('ZADD', key, score, id)
if redis.call('PTTL', key) < score - time then
  redis.call('PEXPIREAT', key, score)
end
return {'ENTERED', score, before and 0 or 1}
