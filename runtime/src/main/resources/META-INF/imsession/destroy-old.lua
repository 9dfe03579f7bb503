-- Ends a session, unless it was created after a moment or has another value, and tells what it was entered under.
-- KEYS[1] session
-- ARGV    how long ago the moment was (milliseconds), value, its field or empty for any session, then reference fields
-- Returns {'ended', value as JSON, ...} in the order of the fields, with false for a field that it does not have; {'new'} if it was
-- created after the moment; {'absent'} if there is no session, or none with that value.
local key, field, value = KEYS[1], ARGV[3], ARGV[2]

local function has(json)
  local first = json and string.sub(json, 1, 1)
  if first == '"' then
    local decoded, text = pcall(cjson.decode, json)
    return decoded and text == value
  end
  return json == value and first ~= '{' and first ~= '[' and first ~= 'n'
end

local stored = redis.pcall('HMGET', key, '@meta', unpack(ARGV, 3))
local created = string.match(not stored.err and stored[1] or '', '^%S+ (%d+) %d+ %d+$')
if not created or field ~= '' and not has(stored[2]) then
  return {'absent'}
end
-- The moment by this server's clock: in a cluster each has its own.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if tonumber(created) > now - ARGV[1] then
  return {'new'}
end
redis.call('UNLINK', key)
local result = {'ended'}
for i = 3, #stored do
  result[#result + 1] = stored[i]
end
return result
