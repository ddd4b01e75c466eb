# What stands beside the pictures of a report.

map-heading = Where they are
map-days = Days left of food, by the middle day of the table below:
map-no-position = No position is known of any area.
map-not-drawn = Not on the map, since their position is not known: { $areas }.
map-more = { $count ->
    [one] 1 more area
   *[other] { $count } more areas
}
map-inside-only = { $count ->
    [one] 1 area
   *[other] { $count } areas
} not on the map: the exact position is confidential and is told inside Passage only.

months-heading = People reached against people in need, by month
months-lead = Each month to its end, this one to { $at }. In need: people in besieged and hard-to-reach areas, by the latest count that was published for the whole list until then; where none was, by the counts of the areas that are named.
months-month = Month
months-arrivals = Convoys that arrived
months-reached = People reached
months-in-need = People in need
months-counted = Counted
months-none = none known
months-no-arrival = no known arrival
months-unknown = { $count ->
    [one] of 1 the people are not known
   *[other] of { $count } the people are not known
}

funnel-heading = How far the convoys of the period came
funnel-rest = Denied or sent back: { $refused }. On the road: { $road }. Attacked, looted, sent back or given up after they set out: { $stopped }. People reached by those that arrived, as claimed: { $people }.
funnel-more = { $count ->
    [one] 1 more source
   *[other] { $count } more sources
}
funnel-none = No convoy is known to have been asked for, loaded or on its way in the period.

rows-left-out = { $count ->
    [one] 1 more row
   *[other] { $count } more rows
} left out so that this page stays under 300 KB; the JSON and the workbook have all.
