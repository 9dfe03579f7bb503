-- Destroys a session, and returns the values under which it was entered into the index.
-- KEYS[1] session
-- ARGV    1 hash of the presented token, and the version of the session as the request has loaded it (in one text); or empty to
--           destroy the session without a check of its token
--         2 how long the tokens stay known (milliseconds), if another session replaces this one; else 0
--         then reference fields
-- Answers {'DESTROYED', value as JSON, ...} in the order of the fields, with false for a field that it does not have; {'GONE'} if
-- there is no session; {'SUPERSEDED'} if a token was presented, and the application has renewed the session since, or another
-- session has replaced it.
local key = KEYS[1]
local stored = redis.pcall('HMGET', key, '@meta', '@previous', '@revoked', '@replaced', unpack(ARGV, 3))
if stored.err then
  return {'GONE'}
end
local meta, previous, revoked, replaced = unpack(stored, 1, 4)
local presented, loaded = string.match(ARGV[1], '^(%S+) (%S+)$')
if replaced and not meta then
  return {presented and 'SUPERSEDED' or 'GONE'}
end
local token, time
if presented then
  token = parts_of_meta(meta)
  if not token then
    return {'GONE'}
  end
  time = now()
  if not check(presented, loaded, token, previous, revoked, time) then
    return {'SUPERSEDED'}
  end
end
if redis.call('UNLINK', key) == 0 then
  return {'GONE'}
end
if token and ARGV[2] ~= '0' then
  redis.call('HSET', key, '@replaced', revoke(token, previous, ARGV[2], time))
  redis.call('PEXPIREAT', key, string.format('%d', time + ARGV[2]))
end
return {'DESTROYED', unpack(stored, 5, 2 + #ARGV)}
