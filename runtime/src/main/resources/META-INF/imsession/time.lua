-- For several scripts, before which this text is put: time, in milliseconds.

-- How much longer a session is kept than its client is told: SessionStore.EXPIRY_SLACK.
local SLACK = 10000

-- The clock of this server.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
