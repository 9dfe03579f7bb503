-- Stores a session for the first time.
-- KEYS[1] session
-- ARGV    token hash, timeout, own timeout or 0, absolute timeout or 0, expiry slack (milliseconds), then field, value, ...,
--         among them @ref:<field>, <score> for the references under which it was entered into the index
-- Returns {now, expires}, or {} if the key is taken.
local key = KEYS[1]
if redis.call('EXISTS', key) == 1 then
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local timeout, own, absolute, slack = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
if own > 0 then
  timeout = own
end
if absolute > 0 and absolute < timeout then
  timeout = absolute
end
local hash = {'@token', ARGV[1], '@created', now, '@expires', now + timeout, '@version', 1}
if own > 0 then
  hash[#hash + 1] = '@timeout'
  hash[#hash + 1] = own
end
for i = 6, #ARGV do
  hash[#hash + 1] = ARGV[i]
end
redis.call('HSET', key, unpack(hash))
redis.call('PEXPIREAT', key, now + timeout + slack)
return {now, now + timeout}
