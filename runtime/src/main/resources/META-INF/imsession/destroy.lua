-- Ends a session, and tells what it was entered under.
-- KEYS[1] session
-- ARGV    1 presented token and the version that was loaded, as in token.lua; or empty to end the session whatever its token
--         then reference fields
-- Returns {'ended', value as JSON, ...} in the order of the fields, with false for a field that it does not have; {'gone'} if there is
-- no session; {'superseded'} if it lives on, as it was renewed on purpose since.
local key = KEYS[1]
local stored = redis.pcall('HMGET', key, '@meta', '@previous', '@revoked', unpack(ARGV, 2))
if stored.err then
  return {'gone'}
end
if ARGV[1] ~= '' then
  local token = string.match(stored[1] or '', '^(%S+) %d+ %d+ %d+$')
  if not token then
    return {'gone'}
  end
  local time = redis.call('TIME')
  if not worth(ARGV[1], token, stored[2], stored[3], time[1] * 1000 + math.floor(time[2] / 1000)) then
    return {'superseded'}
  end
end
if redis.call('UNLINK', key) == 0 then
  return {'gone'}
end
local result = {'ended'}
for i = 2, #ARGV do
  result[i] = stored[i + 2]
end
return result
