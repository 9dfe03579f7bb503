-- Changes a session, if it exists and the presented token is still valid.
-- KEYS[1] session
-- ARGV    1 the field @meta as the caller has loaded it
--         2 how that begins: token hash and time of creation (in one text)
--         3 version of the session, as loaded
--         4 deadline: the caller does not wait for the answer any longer
--         5 timeout that starts now, or empty to leave the lifetime as it is. It is the one that the session has as loaded
--         6 time at which the session ends in any case, or empty
--         7 change of the token: 'none' if a timeout starts, no reference is changed or entered and, as loaded, the presented token
--           is the current one, and settled; else 'keep'; 'renew <next hash> <known>' or 'rotate <next hash> <known> <age>': for how
--           long the replaced tokens are known, and the age of the token from which on to rotate
--         8 what is needed if it is not as loaded (in one text): timeout of a session that has none of its own, or empty if the
--           update sets one; the most bytes and the most fields that the data may have; the hash of the presented token, and the
--           version of the session as the request has loaded it, both empty if no client asked for this; the fields and attributes
--           that must have the values that the caller has loaded: '@all', or for each the bytes of its name and of its value, with
--           a space after each number, then the name, then the value, which is '-' for an absent field, '=' and the text, or '#'
--           and the SHA-1 of the text
--         9 number of texts of changed fields
--         then field, value, ... of changed fields, then the names of removed fields until 'last'
-- All times are in milliseconds.
-- Answers '<state of the presented token> <now> <expires>', see UpdateResult.PresentedToken. Or without changing anything
--   GONE
--   SUPERSEDED
--   {'CHANGED <now>', session}: an expected value is another one; the session is the reply of HGETALL
--   TOO_LARGE <bytes> <fields>: with changes that other requests have stored since it was loaded, the data would pass a limit. An
--     update that makes the data smaller is never refused.
--   LATE <now>: the client was told that this failed, and may have changed the same fields since
--   AGAIN: load the session and enter it into the index again. Meanwhile it was moved, or lives longer.
-- With an index, an answer may be the first element of a list: see index.lua. If others have changed the session since the caller
-- has loaded it, the last element of a list is the session as it is stored now, as the reply of HGETALL.
local key = KEYS[1]
local first = 10
local changed = first - 1 + ARGV[9]

local stored = redis.pcall('HMGET', key, '@meta', '@previous', '@timeout', '@revoked', '@renewed')
-- A key of another type is no session: then this is an error, and has no elements.
local token, created, expires, version = parts_of_meta(stored[1])
if not token then
  return 'GONE'
end
local previous, own_timeout, revoked, renewed = unpack(stored, 2)
local time = now()
if time > tonumber(ARGV[4]) then
  return string.format('LATE %d', time)
end
if index then
  index.read(key)
end

local timeout, latest = ARGV[5], ARGV[6]
local default_timeout, max_size, max_fields, presented, loaded, expected =
  string.match(ARGV[8], '^(%d*) (%d+) (%d+) (%S*) (%S*) (.*)$')
local state = 'IN_GRACE'
if presented ~= '' then
  state = check(presented, loaded, token, previous, revoked, time)
end
if not state then
  return index and index.refuse(key, 'SUPERSEDED') or 'SUPERSEDED'
end

if timeout ~= '' then
  if default_timeout ~= '' then
    timeout = tonumber(own_timeout) or default_timeout
  end
  expires = time + timeout
  if latest ~= '' then
    expires = math.min(expires, latest)
  end
  if expires + SLACK <= time then
    redis.call('DEL', key)
    return 'GONE'
  end
end

local changed_by_others = version ~= ARGV[3]

local function is_expected()
  if expected == '@all' then
    return false
  end
  local at = 1
  while at <= #expected do
    local name_bytes, value_bytes, begin = string.match(expected, '^(%d+) (%d+) ()', at)
    local middle = begin + name_bytes
    at = middle + value_bytes
    local value = redis.call('HGET', key, string.sub(expected, begin, middle - 1))
    local wanted = string.sub(expected, middle, at - 1)
    local kind = string.sub(wanted, 1, 1)
    if kind == '-' and value or kind ~= '-' and not value
      or kind == '=' and value ~= string.sub(wanted, 2)
      or kind == '#' and redis.sha1hex(value) ~= string.sub(wanted, 2) then
      return false
    end
  end
  return true
end

-- The answer, followed by the session.
local function with_session(answer)
  answer = type(answer) == 'table' and answer or {answer}
  answer[#answer + 1] = redis.call('HGETALL', key)
  return answer
end

if changed_by_others and not is_expected() then
  local answer = string.format('CHANGED %d', time)
  return with_session(index and index.refuse(key, answer) or answer)
end
if index and index.is_outdated(first, changed, version, ARGV[3], expires + SLACK) then
  return index.refuse(key, 'AGAIN')
end

-- The caller has checked the limits for the session as loaded.
if changed_by_others then
  -- Flash values count like fields of the data.
  local function is_data(name)
    return string.sub(name, 1, 1) ~= '@' or string.sub(name, 1, 7) == '@flash:'
  end
  local all, lengths = redis.call('HGETALL', key), {}
  local size_before, count_before, size, count = 0, 0, 0, 0
  for i = 1, #all, 2 do
    if is_data(all[i]) then
      lengths[all[i]] = #all[i + 1]
      size_before = size_before + #all[i] + #all[i + 1]
      count_before = count_before + 1
    end
  end
  for i = first, changed, 2 do
    if is_data(ARGV[i]) then
      lengths[ARGV[i]] = #ARGV[i + 1]
    end
  end
  for i = changed + 1, last do
    lengths[ARGV[i]] = nil
  end
  for name, length in pairs(lengths) do
    size = size + #name + length
    count = count + 1
  end
  if size > tonumber(max_size) and size > size_before or count > tonumber(max_fields) and count > count_before then
    local answer = string.format('TOO_LARGE %d %d', size, count)
    return index and index.refuse(key, answer) or answer
  end
end

version = version + 1
local before, known_until, kind, other = parts_of(previous)
local change, next_token, known, age = string.match(ARGV[7], '^(%l+) (%S+) (%d+) ?(%d*)$')
local replaced
if change == 'renew' then
  replaced = revoke(token, previous, known, time)
  redis.call('HSET', key, '@revoked', version)
elseif change == 'rotate' and state == 'SUCCESSOR_LOST' then
  replaced = string.format('%s %d 0 %s', before, time + known, token)
elseif change == 'rotate' and state == 'CURRENT' and time - (tonumber(renewed or created) or 0) >= tonumber(age) then
  replaced = string.format('%s %d 0', token, time + known)
end
if replaced then
  redis.call('HSET', key, '@previous', replaced, '@renewed', string.format('%d', time))
  token, state = next_token, 'REPLACED'
elseif before and time >= tonumber(known_until) then
  if kind == '0' and state == 'CURRENT' then
    redis.call('HSET', key, '@previous', before .. ' ' .. known_until .. ' 1' .. other)
  elseif kind == '2' then
    redis.call('HDEL', key, '@previous')
  end
end
if state == 'SUCCESSOR_LOST' then
  state = 'IN_GRACE'
end

redis.call('HSET', key, '@meta', string.format('%s %s %d %d', token, created, expires, version), unpack(ARGV, first, changed))
if changed < last then
  redis.call('HDEL', key, unpack(ARGV, changed + 1, last))
end
if timeout ~= '' then
  redis.call('PEXPIREAT', key, string.format('%d', expires + SLACK))
end
local answer = string.format('%s %d %d', state, time, expires)
answer = index and index.finish(key, answer, version) or answer
return changed_by_others and with_session(answer) or answer
