-- For update.lua: keeps the entries of the index in step with the session.
-- ARGV  at the end: field, value, score, ... of all reference fields, and their number. The value is the one under which the session
--       was entered into the index for this update, with the score of that entry. If it was not entered, the value is empty, and the
--       score is 'none' if the session as loaded can have no entry, else empty.
-- The functions answer {answer, field, value, score, ...}: then the entries follow that are to be removed from the index.
local references = {}
local moved

-- A number and its text are one reference.
local function same(a, b)
  return a == b or a == '"' .. b .. '"' or b == '"' .. a .. '"'
end

local function add(answer, reference, value, score)
  answer[#answer + 1] = reference.field
  answer[#answer + 1] = value
  answer[#answer + 1] = score
end

-- Reads the values and entries that are stored.
function index.read(key)
  local names = {'@moved'}
  for i = last + 1, #ARGV - 1, 3 do
    names[#names + 1] = ARGV[i]
    names[#names + 1] = '@ref:' .. ARGV[i]
  end
  local stored = redis.call('HMGET', key, unpack(names))
  moved = tonumber(stored[1]) or 0
  for i = 2, #names, 2 do
    local value = stored[i] or ''
    local at = last + 1 + 3 * (i / 2 - 1)
    references[#references + 1] = {field = names[i], name = names[i + 1], before = value, after = value, named = false,
      before_score = tonumber(stored[i + 1]), entered = ARGV[at + 1] ~= '', value = ARGV[at + 1],
      score = tonumber(ARGV[at + 2]), cannot_have_entry = ARGV[at + 2] == 'none'}
  end
end

-- Changes neither data nor token. If the session needs an entry in any case, the entry was made again: the session keeps the later
-- score.
function index.refuse(key, word)
  local answer = {word}
  for _, reference in ipairs(references) do
    if reference.entered then
      if not same(reference.value, reference.before) then
        add(answer, reference, reference.value, reference.score)
      elseif reference.before_score and reference.before_score < reference.score then
        redis.call('HSET', key, reference.name, reference.score)
      end
    end
  end
  return answer
end

-- The score of the entry that the session has after the update, or nil if it has none, or needs none.
local function score_of(reference, unchanged)
  if reference.entered then
    return reference.score
  end
  if reference.named or reference.cannot_have_entry and unchanged then
    return nil
  end
  return reference.before_score
end

-- Whether the session has to be entered again before this update. Each entry has to outlive the session. A request that entered the
-- session before another one moved it may have made the entry that the other one is about to remove.
-- first, changed   the first changed field, and the end of the changed fields
-- keeps_until      the time until which the session is kept
function index.is_outdated(first, changed, version, loaded, keeps_until)
  version, loaded = tonumber(version), tonumber(loaded)
  local values = {}
  for i = first, changed, 2 do
    values[ARGV[i]] = ARGV[i + 1]
  end
  for i = changed + 1, last do
    values[ARGV[i]] = ''
  end
  -- A version that the session never had cannot have moved it.
  local moved_since = moved <= version and moved > loaded
  for _, reference in ipairs(references) do
    if values[reference.field] then
      reference.named = true
      reference.after = values[reference.field]
    end
    if reference.entered and (reference.value ~= reference.after or moved_since) then
      return true
    end
    local score = score_of(reference, version == loaded)
    if reference.after ~= '' and score and score < keeps_until then
      return true
    end
  end
  return false
end

-- Stores in the session which entries it has now.
function index.finish(key, word, version)
  local answer = {word}
  for _, reference in ipairs(references) do
    local stays = same(reference.before, reference.after)
    if reference.before_score and not stays then
      add(answer, reference, reference.before, reference.before_score)
      redis.call('HSET', key, '@moved', version)
    end
    if reference.entered then
      local score = reference.score
      if stays and reference.before_score then
        score = math.max(score, reference.before_score)
      end
      redis.call('HSET', key, reference.name, score)
    elseif reference.named and reference.before_score then
      redis.call('HDEL', key, reference.name)
    end
  end
  return answer
end
