# Words of closed lists.

## By whose count, inside a sentence.

scheme-un = the United Nations
scheme-siege_watch = Siege Watch
scheme-press = the press and others
scheme-own = our own judgement

## The same in a table.

short-scheme-un = UN
short-scheme-siege_watch = Siege Watch
short-scheme-press = press
short-scheme-own = own

## What an area is called.

status-not_listed = not listed
status-besieged = besieged
status-hard_to_reach = hard to reach
status-watchlist = on the watchlist
status-accessible = accessible
status-evacuated = evacuated
status-delisted = taken off the list

## How grave an alert is.

severity-low = low
severity-medium = medium
severity-high = high
severity-critical = critical

## What a rule looks for, as a heading over what it found.

rule-pause_ending = Pauses about to end with convoys inside
rule-runout = Known food ends soon, if no convoy comes
rule-stock_destroyed = Food in store destroyed, as reported
rule-convoy_stalled = Convoys on the road without news
rule-data_gap = Not counted, so that no run-out can be told
rule-no_delivery = No known arrival for long
rule-low_coverage = Known arrivals meet little of the food need
rule-convoy_overdue = Convoys overdue
rule-convoy_denied = Convoys denied or turned back
rule-convoy_attacked = Convoys and those who ride with them attacked
rule-items_removed = Goods taken off convoys
rule-pause_unanswered = Pauses without an answer
rule-pause_violated = Pauses broken, as reported
rule-stale_estimate = Old estimates
rule-population_jump = Counts of people that change or disagree
rule-facility_attacked = Health facilities, bakeries, water stations hit
rule-newly_besieged = Newly said to be besieged
rule-future_dated = Dated in the future
rule-over_delivery = More delivered than can be
rule-route_cut = The way in cut, as reported
rule-report_skipped = Reports that were not made
rule-delivery_failed = Messages that could not be delivered

## Where a convoy is in its life.

stage-planned = planned
stage-requested = requested
stage-approved = approved
stage-denied = denied
stage-loaded = loaded
stage-departed = departed
stage-at_checkpoint = at checkpoint
stage-entered = entered
stage-offloaded = offloaded
stage-completed = completed
stage-postponed = postponed
stage-cancelled = cancelled
stage-turned_back = turned back
stage-attacked = attacked
stage-looted = looted
stage-closed_with_loss = closed with loss

## What a party answered.

answer-agreed = agreed
answer-agreed_with_conditions = agreed with conditions
answer-refused = refused
answer-willing_to_discuss = willing to discuss
answer-withdrawn = withdrawn
answer-endorsed = endorsed

## How far a pause is.

state-open = asked for, not everybody has answered
state-in_force = in force by its dates
state-not_begun = not begun
state-announced = offered or announced; beginning not known
state-begun = begun; no end is recorded
state-answered = asked for, everybody has answered
state-ended = over

## How urgent the day is on which food ends.

urgency-data_gap = not known
urgency-none = later than every threshold
urgency-medium = medium
urgency-high = high
urgency-critical = critical

## What happened, where no source gave it a title.

incident-health_facility_hit = health facility hit
incident-health_facility_near_hit = health facility near hit
incident-bakery_hit = bakery hit
incident-water_station_hit = water station hit
incident-warehouse_hit = warehouse hit
incident-convoy_attacked = convoy attacked
incident-convoy_fired_on = convoy fired on
incident-convoy_looted = convoy looted
incident-convoy_obstructed = convoy obstructed
incident-aid_vehicle_fired_on = aid vehicle fired on
incident-aid_worker_attacked = aid worker attacked
incident-shelling = shelling
incident-shelling_at_distribution = shelling at distribution
incident-air_strike = air strike
incident-hostilities = hostilities
incident-chemical_attack_alleged = chemical attack alleged
incident-starvation_deaths = starvation deaths
incident-supply_route_cut = supply route cut
incident-medical_evacuation = medical evacuation
incident-evacuation = evacuation
incident-pause_violation = pause violation
incident-other = other

## Kinds of records.

kind-population = population
kind-convoy = convoy
kind-stock = stock
kind-incident = incident

## The numbers that alerts rest on.

fact-since = since { $date }
fact-amount = { $fact }: { $amount }
fact-low = { $fact } (low)
fact-high = { $fact } (high)
fact-limit = { $fact } { $amount }
fact-age_days = age days
fact-age_of_count_days = age of count days
fact-change_share = change share
fact-convoys_inside = convoys inside
fact-coverage = coverage
fact-days_left_p10 = days left (early)
fact-days_left_p50 = days left (middle)
fact-days_left_with = days left with the loss (middle)
fact-days_left_without = days left without the loss (middle)
fact-days_of_need = days of need (middle)
fact-days_since_last_delivery = days since last delivery
fact-days_waited = days waited
fact-exit_hours = exit hours
fact-food_person_days = food person days
fact-highest_population = highest population
fact-hours_ahead = hours ahead
fact-hours_late = hours late
fact-hours_left = hours left
fact-hours_since_request = hours since request
fact-hours_to_end_of_pause = hours to end of pause
fact-hours_to_start = hours to start
fact-hours_without_news = hours without news
fact-injured = injured
fact-killed = killed
fact-last_of_its_kind = last of its kind
fact-loss_exceeds_stock = loss exceeds stock
fact-lost_person_days = lost person days
fact-medical = medical
fact-not_before_days = not before days
fact-one_holder_only = one holder only
fact-party = party
fact-people = people
fact-people_before = people before
fact-people_now = people now
fact-people_other = people other
fact-people_reached = people reached
fact-removed_share_of_kg = removed share of kg
fact-share_of_stock = share of stock (middle)
fact-spread_share = spread share
fact-stock_person_days = stock person days
fact-terminal = terminal
fact-threshold_days = threshold days
fact-threshold_days_p10 = threshold days (early)
fact-threshold_days_p50 = threshold days (middle)
fact-threshold_hours = threshold hours
fact-threshold_share = threshold share
