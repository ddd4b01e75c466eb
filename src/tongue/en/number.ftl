# How numbers, ranges and counts are written.

not-known = not known
heads-unknown = an unknown number of
at-least = at least { $low }
at-most = at most { $high }
range = { $low } to { $high }
best-at-least = { $best } (at least { $low })
best-at-most = { $best } (at most { $high })
best-range = { $best } ({ $low } to { $high })
percent = { $share } %
none = none
none-to = none to { $high }
best-none-to = { $best } (none to { $high })

## Things that are counted: one alone, or several.

areas = { $count ->
    [one] { $count } area
   *[other] { $count } areas
}
places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
arrivals = { $count ->
    [one] { $count } arrival
   *[other] { $count } arrivals
}
losses = { $count ->
    [one] { $count } loss
   *[other] { $count } losses
}
truckloads = { $count ->
    [one] { $count } truckload
   *[other] { $count } truckloads
}
more-areas = { $count ->
    [one] { $count } more area
   *[other] { $count } more areas
}
days-under-one = under 1
in-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
in-days-under-one = under 1 day
about-number = about { $number }
