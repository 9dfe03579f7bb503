-- For several scripts, before which this text is put: the rules of TokenState.
-- meta      the field @meta: the hash of the current token, when the session was created, when it expires, and its version
-- previous  the field @previous: the hash of the token before the current one, the time until which it is known, how it was
--           replaced (0 by its age, and the client is not known to have kept its successor; 1 by its age; 2 by the
--           application), and the hash of one more such token if there is one
-- revoked   the field @revoked: the version of the session at its last renewal by the application

-- The characters of a hash that count: earlier versions stored 43.
local HASH = 22

-- The parts of @meta; nil if there is no session.
local function parts_of_meta(meta)
  local token, created, expires, version = string.match(meta or '', '^(%S+) (%d+) (%d+) (%d+)$')
  return token and string.sub(token, 1, HASH), created, expires, version
end

-- The parts of @previous, the last one empty or with a space before it; nil if there is no token before.
local function parts_of(previous)
  local before, known_until, kind, other = string.match(previous or '', '^(%S+) (%d+) ([012])( ?%S*)$')
  return before and string.sub(before, 1, HASH), known_until, kind, other and string.sub(other, 1, 1 + HASH)
end

-- The status of a token that was valid when its request came: CURRENT, IN_GRACE or SUCCESSOR_LOST if the request may finish,
-- else nil.
-- presented  hash of the token
-- loaded     version of the session as the request has loaded it
local function check(presented, loaded, current, previous, revoked, time)
  if presented == current then
    return 'CURRENT'
  end
  if tonumber(loaded) < (tonumber(revoked) or 0) then
    return nil
  end
  local before, known_until, kind = parts_of(previous)
  if presented == before and kind == '0' and time >= tonumber(known_until) then
    return 'SUCCESSOR_LOST'
  end
  return 'IN_GRACE'
end

-- The value of @previous after a renewal by the application. The token before the current one is forgotten if an earlier
-- renewal by the application replaced it, and its grace period is over.
-- known  how long from now on the replaced tokens are known
local function revoke(current, previous, known, time)
  local before, known_until, kind = parts_of(previous)
  local other = ''
  if before and (kind ~= '2' or time < tonumber(known_until)) then
    other = ' ' .. before
  end
  return string.format('%s %d 2%s', current, time + known, other)
end
