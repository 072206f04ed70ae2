-- wrk -s requests.lua URL -- FILE: cycles through a file of requests, one a line,
-- METHOD \t PATH \t Header: value|Header: value \t BODY, each thread from another start.
-- Ends with one line of JSON: answers, refused (status > 399), broken (sockets), seconds, latencies.
local requests, count, at = {}, 0, 0
local started = 0

function setup(thread)
  thread:set("share", started)
  started = started + 1
end

function init(args)
  for line in io.lines(args[1]) do
    local method, path, headers, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local set = {}
    for name, value in headers:gmatch("([^:|]+): ([^|]+)") do set[name] = value end
    count = count + 1
    requests[count] = wrk.format(method, path, set, body ~= "" and body or nil)
  end
  at = share * 7919 % count
end

function request()
  at = at % count + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"answers": %d, "refused": %d, "broken": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests - e.status, e.status, e.connect + e.read + e.write + e.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
