-- Destroys a session, unless it was created after a moment or has another value, and returns the values under which it was entered
-- into the index.
-- KEYS[1] session
-- ARGV    how long ago the moment was (milliseconds), value, its field or empty for any session, then reference fields
-- Answers {'DESTROYED', value as JSON, ...} in the order of the fields, with false for a field that it does not have; {'NEW'} if it
-- was created after the moment; {'ABSENT'} if there is no session, or none with that value.
local key, value, field = KEYS[1], ARGV[2], ARGV[3]

local function has_value(json)
  local first = json and string.sub(json, 1, 1)
  if first == '"' then
    local decoded, text = pcall(cjson.decode, json)
    return decoded and text == value
  end
  return json == value and first ~= '{' and first ~= '[' and first ~= 'n'
end

local stored = redis.pcall('HMGET', key, '@meta', unpack(ARGV, 3))
local created = string.match(stored[1] or '', '^%S+ (%d+) %d+ %d+$')
if not created or field ~= '' and not has_value(stored[2]) then
  return {'ABSENT'}
end
-- The moment by the clock of this server, as each server of a cluster has its own clock.
if tonumber(created) > now() - ARGV[1] then
  return {'NEW'}
end
redis.call('UNLINK', key)
return {'DESTROYED', unpack(stored, 3, #ARGV - 1)}
