-- Stores a session for the first time.
-- KEYS[1] session
-- ARGV    1 token hash
--         2 deadline: the caller does not wait for the answer any longer
--         3 how long it lives from now on
--         then field, value, ..., among them @timeout for its own timeout, and @ref:<field>, <score> for the references under
--         which it was entered into the index
-- All times are in milliseconds.
-- Answers 'CREATED <now> <expires>'. Or without storing anything
--   TAKEN: the key exists
--   LATE <now>: the client was told that this failed, and no client would hold the session
local key = KEYS[1]
if redis.call('EXISTS', key) == 1 then
  return 'TAKEN'
end
local time = now()
if time > tonumber(ARGV[2]) then
  return string.format('LATE %d', time)
end
local expires = time + ARGV[3]
redis.call('HSET', key, '@meta', string.format('%s %d %d 1', ARGV[1], time, expires), unpack(ARGV, 4))
-- Redis enlarges the table of a hash by a step with each look-up, and keeps the smaller one until that is done. A text that is no
-- name counts too.
redis.call('HMGET', key, '@meta', unpack(ARGV, 4))
redis.call('PEXPIREAT', key, string.format('%d', expires + SLACK))
return string.format('CREATED %d %d', time, expires)
