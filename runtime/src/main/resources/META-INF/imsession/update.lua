-- Changes a session, if it exists and the presented token is still valid.
-- KEYS[1] session
-- ARGV    1 presented token and the version that was loaded, as in token.lua; or empty if no client asked for this
--         2 kind of the token's change: keep, renew or rotate; with the last two the next token hash and for how long the old tokens
--           are known, and with rotate the age of the token from which on to rotate (milliseconds, all in one text)
--         3 timeout or 0 to leave the lifetime, own timeout or 0, absolute timeout or 0, expiry slack (milliseconds, in one text)
--         4 version of the session as it was loaded, number of changed fields, number of reference fields, the time after which
--           nobody waits for the answer any more (milliseconds), and the most bytes and fields that the data may have (all in one text)
--         then field, value, ... of changed fields
--         then field, value, score, ... of all reference fields: under which value it was entered into the index, or empty for none;
--         a score of -1 if what was loaded can have no entry
--         then the names of removed fields
-- Returns {'<state of the presented token> <now> <expires>', then field, value, score, ... of the entries that are to be removed from
-- the index}, or without changing anything {'gone'}, or {'superseded', 'again' or 'large <bytes> <fields>', then field, value, score,
-- ... of the entries that it was entered under in vain}, or {'late', now}. 'large' means: with what others stored since it was loaded,
-- the data would pass a limit; what makes it smaller is never refused. 'again' means: load the session and enter it again, as meanwhile it was moved or
-- lives longer. 'late' means: the client was told that this failed, and may have changed the same fields since.
local key = KEYS[1]
local stored = redis.pcall('HMGET', key, '@meta', '@previous', '@timeout', '@moved', '@revoked')
-- A key of another type is no session.
local token, created, expires, version = string.match(not stored.err and stored[1] or '', '^(%S+) (%d+) (%d+) (%d+)$')
if not token then
  return {'gone'}
end
local previous, grace, kind, dropped = string.match(stored[2] or '', '^(%S+) (%d+) ([012])( ?%S*)$')
-- Nobody moved a session in a version that it never had.
local moved = tonumber(stored[4]) or 0
if moved > tonumber(version) then
  moved = 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local loaded, changes, fields, deadline, maxSize, maxFields = string.match(ARGV[4], '(%d+) (%d+) (%d+) (%d+) (%d+) (%d+)')
if now > tonumber(deadline) then
  return {'late', now}
end

local changed = 4 + 2 * changes
local referenced = changed + 3 * fields
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
  result = {answer}
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

local check = ARGV[1] == '' and 'grace' or worth(ARGV[1], token, stored[2], stored[5], now)
if not check then
  return refuse('superseded')
end

expires = tonumber(expires)
local timeout, own, absolute, slack = string.match(ARGV[3], '(%d+) (%d+) (%d+) (%d+)')
if timeout ~= '0' then
  if own ~= '0' then
    timeout = own
  else
    timeout = tonumber(stored[3]) or timeout
  end
  expires = now + timeout
  if absolute ~= '0' and created + absolute < expires then
    expires = created + absolute
  end
  if expires + slack <= now then
    redis.call('DEL', key)
    return {'gone'}
  end
end

-- Each entry has to outlive the session. Who entered it before it was moved, may have entered what the mover is about to remove.
local values = {}
if #references > 0 then
  for i = 5, changed, 2 do
    values[ARGV[i]] = ARGV[i + 1]
  end
  for i = referenced + 1, #ARGV do
    values[ARGV[i]] = ''
  end
end
for _, reference in ipairs(references) do
  if values[reference.field] then
    reference.touched = true
    reference.after = values[reference.field]
  end
  local score = reference.entered ~= '' and reference.score or not reference.touched and reference.beforeScore
  if reference.score < 0 and tonumber(version) == tonumber(loaded) then
    score = nil
  end
  if reference.entered ~= '' and (reference.entered ~= reference.after or moved > tonumber(loaded))
    or reference.after ~= '' and score and score < expires + slack then
    return refuse('again')
  end
end

-- The caller has checked what it loaded.
if version ~= loaded then
  local all, lengths, sizeBefore, countBefore, size, count = redis.call('HGETALL', key), {}, 0, 0, 0, 0
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 1) ~= '@' then
      lengths[all[i]] = #all[i + 1]
      sizeBefore = sizeBefore + #all[i] + #all[i + 1]
      countBefore = countBefore + 1
    end
  end
  for i = 5, changed, 2 do
    if string.sub(ARGV[i], 1, 1) ~= '@' then
      lengths[ARGV[i]] = #ARGV[i + 1]
    end
  end
  for i = referenced + 1, #ARGV do
    lengths[ARGV[i]] = nil
  end
  for name, length in pairs(lengths) do
    size = size + #name + length
    count = count + 1
  end
  if size > tonumber(maxSize) and size > sizeBefore or count > tonumber(maxFields) and count > countBefore then
    return refuse(string.format('large %d %d', size, count))
  end
end

version = version + 1
-- The first two are filled when the token is known.
local set, unset = {'@meta', ''}, {}
local function put(field, value)
  set[#set + 1] = field
  set[#set + 1] = value
end
if own ~= '0' then
  put('@timeout', own)
end

if ARGV[2] ~= 'keep' then
  local change, next, known, age = string.match(ARGV[2], '(%l+) (%S+) (%d+) ?(%d*)')
  if change == 'renew' then
    put('@previous', revoke(token, stored[2], known, now))
    put('@revoked', version)
    token, check = next, 'replaced'
  elseif check == 'lost' then
    put('@previous', string.format('%s %d 0 %s', previous, now + known, token))
    token, check = next, 'replaced'
  elseif check == 'current' and now - (tonumber(redis.call('HGET', key, '@renewed') or created) or 0) >= tonumber(age) then
    put('@previous', string.format('%s %d 0', token, now + known))
    token, check = next, 'replaced'
  end
  if check == 'replaced' then
    put('@renewed', string.format('%d', now))
  end
end
if check ~= 'replaced' and grace and now >= tonumber(grace) then
  if kind == '0' and check == 'current' then
    put('@previous', previous .. ' ' .. grace .. ' 1' .. dropped)
  elseif kind == '2' then
    unset = {'@previous'}
  end
end
-- Formatted as integers: numbers are turned into text as floating point, which takes longer.
set[2] = string.format('%s %s %d %d', token, created, expires, version)

for i = 5, changed do
  set[#set + 1] = ARGV[i]
end
for i = referenced + 1, #ARGV do
  unset[#unset + 1] = ARGV[i]
end

result = {string.format('%s %d %d', check, now, expires)}
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
if timeout ~= '0' then
  redis.call('PEXPIREAT', key, string.format('%d', expires + slack))
end
return result
