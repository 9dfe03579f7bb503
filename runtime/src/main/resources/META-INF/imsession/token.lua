-- What a token that a request presents is worth: 'current', 'grace' or 'lost' if it is valid, else nil.
-- presented  its hash, and when the request came by this server's clock (milliseconds, in one text): a request whose token was valid
--            then may finish, although the token was replaced by its age since
-- current    hash of the session's token
-- previous   what @previous holds: hash of the token before, until when it is known, how it was replaced (0 by its age, and the client
--            is not known to have kept its successor; 1 by its age; 2 on purpose) and the hash of one more such token if there is one
local function worth(presented, current, previous)
  local hash, at = string.match(presented, '^(%S+) (%d+)$')
  if hash == current then
    return 'current'
  end
  local before, grace, kind, dropped = string.match(previous or '', '^(%S+) (%d+) ([012]) ?(%S*)$')
  if hash ~= before and hash ~= dropped or kind == '2' then
    return nil
  end
  if tonumber(at) < tonumber(grace) then
    return 'grace'
  end
  if hash == before and kind == '0' then
    return 'lost'
  end
end

