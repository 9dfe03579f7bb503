-- Ends a session, and tells what it was entered under.
-- KEYS[1] session
-- ARGV    1 presented token and the version that was loaded, as in token.lua; or empty to end the session whatever its token
--         2 for how long the tokens stay known (milliseconds), as another session takes its place; else 0
--         then reference fields
-- Returns {'ended', value as JSON, ...} in the order of the fields, with false for a field that it does not have; {'gone'} if there is
-- no session; {'superseded'} if a token was presented, and the session was renewed on purpose since, or another one took its place.
local key = KEYS[1]
local stored = redis.pcall('HMGET', key, '@meta', '@previous', '@revoked', '@replaced', unpack(ARGV, 3))
if stored.err then
  return {'gone'}
end
if stored[4] and not stored[1] then
  return {ARGV[1] == '' and 'gone' or 'superseded'}
end
local token, now
if ARGV[1] ~= '' then
  token = string.match(stored[1] or '', '^(%S+) %d+ %d+ %d+$')
  if not token then
    return {'gone'}
  end
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
  if not worth(ARGV[1], token, stored[2], stored[3], now) then
    return {'superseded'}
  end
end
if redis.call('UNLINK', key) == 0 then
  return {'gone'}
end
if token and ARGV[2] ~= '0' then
  redis.call('HSET', key, '@replaced', revoke(token, stored[2], ARGV[2], now))
  redis.call('PEXPIREAT', key, string.format('%d', now + ARGV[2]))
end
local result = {'ended'}
for i = 3, #ARGV do
  result[i - 1] = stored[i + 2]
end
return result
