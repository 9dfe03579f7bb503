-- Changes a session, if it exists and the presented token is still valid.
-- KEYS[1] session
-- ARGV    1 presented token hash, or empty if no client asked for this
--         2 next token hash, 3 its kind: keep, renew or rotate, 4 grace, 5 remaining lifetime below which to rotate
--         6 timeout or 0 to leave the lifetime, 7 own timeout or 0, 8 absolute timeout or 0, 9 expiry slack (milliseconds)
--         10 number of changed fields, 11 number of references
--         then field, value, ... of changed fields
--         then field, value, score, ... of references: under which values it was entered into the index, or empty for none
--         then the names of removed fields
-- Returns {state of the presented token, now, expires, then field, value, score, ... of the entries that are to be removed from the
-- index}, or {'gone'} or {'superseded'}.
local key = KEYS[1]
local stored = redis.pcall('HMGET', key, '@token', '@previous', '@grace', '@unseen', '@created', '@expires', '@version', '@timeout')
-- A key of another type is no session.
if stored.err or not (stored[1] and stored[5] and stored[6]) then
  return {'gone'}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local presented, unseen = ARGV[1], stored[4] == '1'

local check
if presented == '' then
  check = 'grace'
elseif presented == stored[1] then
  check = 'current'
elseif presented == stored[2] and now < tonumber(stored[3]) then
  check = 'grace'
elseif presented == stored[2] and unseen then
  check = 'lost'
else
  return {'superseded'}
end

local expires, left = tonumber(stored[6]), tonumber(stored[6]) - now
local timeout, own, absolute, slack = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
if timeout > 0 then
  if own > 0 then
    timeout = own
  elseif stored[8] then
    timeout = tonumber(stored[8])
  end
  expires = now + timeout
  if absolute > 0 and stored[5] + absolute < expires then
    expires = stored[5] + absolute
  end
  if expires + slack <= now then
    redis.call('DEL', key)
    return {'gone'}
  end
end

local set = {'@version', (tonumber(stored[7]) or 0) + 1, '@expires', expires}
local unset = {}
local function put(field, value)
  set[#set + 1] = field
  set[#set + 1] = value
end
if own > 0 then
  put('@timeout', own)
end

local kind = ARGV[3]
if kind == 'renew' then
  put('@token', ARGV[2])
  put('@renewed', now)
  unset = {'@previous', '@grace', '@unseen'}
  check = 'replaced'
elseif kind == 'rotate' and (check == 'lost' or check == 'current' and left < tonumber(ARGV[5])) then
  put('@token', ARGV[2])
  put('@renewed', now)
  put('@previous', presented)
  put('@grace', now + ARGV[4])
  put('@unseen', 1)
  check = 'replaced'
elseif check == 'current' and unseen then
  unset = {'@unseen'}
end

local changed = 11 + 2 * ARGV[10]
for i = 12, changed do
  set[#set + 1] = ARGV[i]
end
local referenced = changed + 3 * ARGV[11]
for i = referenced + 1, #ARGV do
  unset[#unset + 1] = ARGV[i]
end

-- A parallel request may have changed a reference meanwhile: then its entry counts, and ours is to be removed.
local result = {check, now, expires}
local function remove(field, value, score)
  if value and value ~= '' and score then
    result[#result + 1] = field
    result[#result + 1] = value
    result[#result + 1] = score
  end
end
local before = {}
for i = changed + 1, referenced, 3 do
  before[i] = redis.call('HMGET', key, ARGV[i], '@ref:' .. ARGV[i])
end
redis.call('HSET', key, unpack(set))
if #unset > 0 then
  redis.call('HDEL', key, unpack(unset))
end
for i = changed + 1, referenced, 3 do
  local field, entered, score = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local value = redis.call('HGET', key, field) or ''
  if value == entered then
    if before[i][1] and before[i][1] ~= value then
      remove(field, before[i][1], before[i][2])
    end
    if value == '' then
      redis.call('HDEL', key, '@ref:' .. field)
    elseif not before[i][2] or before[i][1] ~= value or tonumber(before[i][2]) < tonumber(score) then
      redis.call('HSET', key, '@ref:' .. field, score)
    end
  else
    remove(field, entered, score)
  end
end
if timeout > 0 then
  redis.call('PEXPIREAT', key, expires + slack)
end
return result
