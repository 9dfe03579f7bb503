-- What a token is worth that was valid when its request came: 'current', 'grace' or 'lost' if the request may finish, else nil.
-- presented  its hash, and the version of the session as the request has loaded it (in one text)
-- current    hash of the session's token
-- previous   what @previous holds: hash of the token before, until when it is known, how it was replaced (0 by its age, and the client
--            is not known to have kept its successor; 1 by its age; 2 on purpose) and the hash of one more such token if there is one
-- revoked    what @revoked holds: version of the session at its last renewal on purpose
-- now        this server's time (milliseconds)
local function worth(presented, current, previous, revoked, now)
  local hash, version = string.match(presented, '^(%S+) (-?%d+)$')
  if hash == current then
    return 'current'
  end
  if tonumber(version) < (tonumber(revoked or '') or 0) then
    return nil
  end
  local before, grace, kind = string.match(previous or '', '^(%S+) (%d+) ([012])')
  if hash == before and kind == '0' and now >= tonumber(grace) then
    return 'lost'
  end
  return 'grace'
end

-- What is kept of the tokens that are not valid any more after a renewal on purpose, in the form of @previous. One that an earlier
-- renewal of that kind made invalid is forgotten if its grace is over.
-- known      for how long from now on (milliseconds)
local function revoke(current, previous, known, now)
  local before, grace, kind = string.match(previous or '', '^(%S+) (%d+) ([012])')
  local other = before and (kind ~= '2' or now < tonumber(grace)) and ' ' .. before or ''
  return string.format('%s %d 2%s', current, now + known, other)
end

