-- Changes a session, if it exists and the presented token is still valid.
-- KEYS[1] session
-- ARGV    1 presented token hash, or empty if no client asked for this
--         2 next token hash, 3 its kind: keep, renew or rotate, 4 grace, 5 remaining lifetime below which to rotate
--         6 timeout or 0 to leave the lifetime, 7 own timeout or 0, 8 absolute timeout or 0, 9 expiry slack (milliseconds)
--         10 version of the session as it was loaded, 11 number of changed fields, 12 number of reference fields
--         then field, value, ... of changed fields
--         then field, value, score, ... of all reference fields: under which value it was entered into the index, or empty for none
--         then the names of removed fields
-- Returns {state of the presented token, now, expires, then field, value, score, ... of the entries that are to be removed from the
-- index}, or without changing anything {'gone'}, or {'superseded' or 'again', 0, 0, then field, value, score, ... of the entries that
-- it was entered under in vain}. 'again' means: load the session and enter it again, as meanwhile it was moved or lives longer.
local key = KEYS[1]
local stored = redis.pcall('HMGET', key, '@token', '@previous', '@grace', '@unseen', '@created', '@expires', '@version', '@timeout', '@moved')
-- A key of another type is no session.
if stored.err or not (stored[1] and stored[5] and stored[6]) then
  return {'gone'}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local presented, unseen = ARGV[1], stored[4] == '1'

local changed = 12 + 2 * ARGV[11]
local referenced = changed + 3 * ARGV[12]
local result, references = {}, {}
local function tell(field, value, score)
  result[#result + 1] = field
  result[#result + 1] = value
  result[#result + 1] = score
end
for i = changed + 1, referenced, 3 do
  local before = redis.call('HMGET', key, ARGV[i], '@ref:' .. ARGV[i])
  references[#references + 1] = {field = ARGV[i], entered = ARGV[i + 1], score = tonumber(ARGV[i + 2]),
    before = before[1] or '', beforeScore = tonumber(before[2]), after = before[1] or '', touched = false}
end
-- A number and its text are one reference.
local function same(a, b)
  return a == b or a == '"' .. b .. '"' or b == '"' .. a .. '"'
end
-- Changes nothing of the session. An entry that it needs anyway was entered again, and is its own now.
local function refuse(answer)
  result = {answer, 0, 0}
  for _, reference in ipairs(references) do
    if reference.entered ~= '' then
      if not same(reference.entered, reference.before) then
        tell(reference.field, reference.entered, reference.score)
      elseif reference.beforeScore and reference.beforeScore < reference.score then
        redis.call('HSET', key, '@ref:' .. reference.field, reference.score)
      end
    end
  end
  return result
end

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
  return refuse('superseded')
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

-- Each entry has to outlive the session. Who entered it before it was moved, may have entered what the mover is about to remove.
local values = {}
for i = 13, changed, 2 do
  values[ARGV[i]] = ARGV[i + 1]
end
for i = referenced + 1, #ARGV do
  values[ARGV[i]] = ''
end
for _, reference in ipairs(references) do
  if values[reference.field] then
    reference.touched = true
    reference.after = values[reference.field]
  end
  local score = reference.entered ~= '' and reference.score or not reference.touched and reference.beforeScore
  if reference.entered ~= '' and (reference.entered ~= reference.after or tonumber(stored[9] or 0) > tonumber(ARGV[10]))
    or reference.after ~= '' and score and score < expires + slack then
    return refuse('again')
  end
end

local version = (tonumber(stored[7]) or 0) + 1
local set = {'@version', version, '@expires', expires}
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

for i = 13, changed do
  set[#set + 1] = ARGV[i]
end
for i = referenced + 1, #ARGV do
  unset[#unset + 1] = ARGV[i]
end

result = {check, now, expires}
for _, reference in ipairs(references) do
  local name = '@ref:' .. reference.field
  if reference.beforeScore and not same(reference.before, reference.after) then
    tell(reference.field, reference.before, reference.beforeScore)
    put('@moved', version)
  end
  if reference.entered ~= '' then
    put(name, same(reference.before, reference.after) and math.max(reference.score, reference.beforeScore or 0) or reference.score)
  elseif reference.touched and reference.beforeScore then
    unset[#unset + 1] = name
  end
end
redis.call('HSET', key, unpack(set))
if #unset > 0 then
  redis.call('HDEL', key, unpack(unset))
end
if timeout > 0 then
  redis.call('PEXPIREAT', key, expires + slack)
end
return result
