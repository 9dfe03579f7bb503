-- Stores a session for the first time.
-- KEYS[1] session
-- ARGV    1 token hash
--         2 timeout, own timeout or 0, absolute timeout or 0, expiry slack, and the time after which nobody waits for the answer any
--           more (milliseconds, in one text)
--         then field, value, ..., among them @ref:<field>, <score> for the references under which it was entered into the index
-- Returns {now, expires}, or without storing anything {} if the key is taken, or {now} if it is too late: the client was told that
-- this failed, and nobody would hold the session.
local key = KEYS[1]
if redis.call('EXISTS', key) == 1 then
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local timeout, own, absolute, slack, deadline = string.match(ARGV[2], '(%d+) (%d+) (%d+) (%d+) (%d+)')
if now > tonumber(deadline) then
  return {now}
end
if own ~= '0' then
  timeout = own
end
local lifetime = tonumber(timeout)
if absolute ~= '0' then
  lifetime = math.min(lifetime, absolute)
end
local expires = now + lifetime
-- Formatted as integers: numbers are turned into text as floating point, which takes longer.
local hash = {'@meta', string.format('%s %d %d 1', ARGV[1], now, expires)}
if own ~= '0' then
  hash[3] = '@timeout'
  hash[4] = own
end
for i = 3, #ARGV do
  hash[#hash + 1] = ARGV[i]
end
redis.call('HSET', key, unpack(hash))
redis.call('PEXPIREAT', key, string.format('%d', expires + slack))
return {now, expires}
