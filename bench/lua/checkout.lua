-- wrk -t8 -c8 -s checkout.lua URL -- PLAN: whole checkouts, one buyer a thread, one connection each.
-- PLAN is a Lua file that returns {skus = {...}, steps = {{method, path, body}, ...}}.
-- In a path or body, $cart is the id of the cart that step 1 made, $a and $b are two of the SKUs.
-- wrk asks for a request before the first answer and again after a lost connection, so a request
-- is made from the state alone, and only an answer moves the state on.
local plan, json
local step, cart, a, b = 1, "", "", ""
orders, refused = 0, 0
local threads = {}

function setup(thread)
  thread:set("share", #threads)
  threads[#threads + 1] = thread
end

local function pick()
  local half = #plan.skus / 2
  a, b = plan.skus[math.random(half)], plan.skus[half + math.random(half)]
end

function init(args)
  plan = dofile(args[1])
  math.randomseed(os.time() * 1000 + share * 7919)
  json = {["Content-Type"] = "application/json"}
  pick()
end

function request()
  local method, path, body = unpack(plan.steps[step])
  local known = {cart = cart, a = a, b = b}
  return wrk.format(method, path:gsub("%$(%w+)", known), json, (body:gsub("%$(%w+)", known)))
end

function response(status, _, body)
  if status > 299 then
    refused = refused + 1
    step = 1
    return pick()
  end
  if step == 1 then cart = body:match('"id"%s*:%s*"([^"]+)"') end
  step = step + 1
  if step > #plan.steps then
    orders = orders + 1
    step = 1
    pick()
  end
end

function done(summary, latency)
  local placed, turned_away, e = 0, 0, summary.errors
  for _, thread in ipairs(threads) do
    placed = placed + thread:get("orders")
    turned_away = turned_away + thread:get("refused")
  end
  io.write(string.format(
    '\n{"answers": %d, "refused": %d, "broken": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f}\n',
    placed, turned_away, e.connect + e.read + e.write + e.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
