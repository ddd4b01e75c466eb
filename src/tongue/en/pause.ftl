# The best use of the next pause.

pause-heading = The best use of the next pause
pause-none = No pause is known to be asked for or agreed in which food could come in.
pause-undated = { $count ->
    [one] One pause is
   *[other] Several pauses are
} open: { $named }. It is not known when one begins next, so that its best use cannot be told. To tell it, record the beginning, and the logistics of its areas.
pause-quoted = “{ $pause }”
pause-with-consent = { $pauses } ({ $consent })
party = { $party }
consent-agreed = { $verb ->
    [asked] asked for
   *[announced] announced
}, agreed by all who must agree{ $conditions ->
    [yes] , on conditions
   *[no] {""}
}
consent-open = { $verb ->
    [asked] asked for
   *[announced] announced
}, not agreed: no answer is known from { $parties }
pause-opening = The next pause is “{ $pause }”: { $consent }; { $hours } hours from { $at }.
pause-no-area = In none of its areas people are known to need food, so that its best use cannot be told.
pause-no-logistics = Its best use cannot be told: { $lacking }.
pause-no-plan = Its truckloads cannot be shared out so that the answer can be trusted.
pause-left-out = Left out: { $lacking }.
pause-midnight = The hour at which it begins is not told; local midnight is taken.

## What is missing of the way

lacking-logistics = no logistics are stored for { $areas }
lacking-part = the logistics stored for { $area } lack { $missing }
lacking-wrong = with the logistics stored for { $area }: { $problems }
logistics-open_hour = open hour
logistics-close_hour = close hour
logistics-lead_hours = lead hours
logistics-buffer_hours = buffer hours
logistics-load_hours = load hours
logistics-approach_hours = approach hours
logistics-inspection_hours = inspection hours
logistics-onward_hours = onward hours
logistics-unload_hours = unload hours
logistics-return_hours = return hours
logistics-trucks = trucks
logistics-lanes = lanes
logistics-docks = docks

## What gets in

pause-no-load = No truckload can get in: { $held }.
pause-use = If it is kept, { truckloads } can get in ({ $held }){ $limited ->
    [need] ; the need of { $days } days takes { $needed }
   *[all] {""}
}: { $tonnes } tonnes, a week's food for { $people } people.
held-checkpoint = the lanes of the checkpoint keep it from being more
held-fleet = the number of trucks keeps it from being more
held-offloading = unloading keeps it from being more
held-short = the pause is too short for one round trip

## Who gets it, and why not more

plan-area = { $area } gets { $loads ->
    [one] 1 load
   *[other] { $loads } loads
}: coverage { $after } instead of { $before }.
plan-percent = { NUMBER($share, useGrouping: "false") } %
plan-unknown = unknown
because-fed = All need is met.
because-no_need = There is no need to meet.
because-population_unknown = Nobody knows how many people are there. Record an estimate to plan for them.
because-no_loads = No load can arrive before the horizon ends.
because-unreachable = No load can reach it in any window.
because-too_late = What is still missing was missing before the first window.
because-at_cap = It cannot take more off trucks in the windows that help.
because-route_full = Route { $route } takes no more, first in window { $window }.
because-hub_empty = There is no more of { $supply }.
because-others_worse_off = More for it would have to come from an area that is no better off.
because-others_worse_off_whole = One more load for it would leave another area worse off than it is.
because-others_gain_more = The same loads feed more people elsewhere.
plan-uncounted = Nobody is known to have counted what is in store in { $areas }: only what is left of known deliveries was reckoned with.
plan-people-not-known = The people of { $areas } are not known; nothing was planned for them.
plan-chance = Loads count with the chance that they get through: what really arrives is all or nothing.
plan-window-after-horizon = A window lies after the horizon; its loads feed nobody in time.
plan-unused-route = A route is named that no area uses.
plan-no-need = No area has a need that is known.
plan-summary = { $loads } loads in all are shared out; the worst-off area is covered to { $share } %, and { $unmet } person-days stay unmet.

## What came of a plan

outcome-area-gone = Area { $area } is not known any more.
outcome-area = { $area }: { $planned } person-days were planned by then and { $arrived } arrived.
outcome-unknown = an unknown number
outcome-more = Of { $count } more it is not known how much they brought.
