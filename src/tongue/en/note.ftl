# What must be minded of figures, and how they follow from each other.

## How long something lasts

outlook-not-counted = Nobody is known to have counted what is in store. The day given is the earliest: it rests on known deliveries alone.
outlook-one-holder = This rests on what one organisation ({ $holder }) holds: it is a floor on the date, not a forecast. What others and families hold is not in it.
outlook-stale-count = The count is { $days } days old.
outlook-no-convoy = The days hold if no further convoy arrives.
outlook-planned-convoys = The days hold if the planned convoys arrive as planned and no other does.
outlook-stale_inflow = What comes in by itself was told long ago; if it has stopped, it runs out earlier.
outlook-counts_may_overlap = Several organisations counted what they hold and may have counted the same food: the least is the largest count, the most is their sum.
outlook-unknown_inflow = What comes in by itself (own production, trade, smuggling) is not known and is taken as nothing; it may last longer.
outlook-unknown_arrivals = Something arrived of which it is not known how much came here; it is not counted, so it may last longer.
outlook-unknown_losses = Something was destroyed of which it is not known how much was lost here: between nothing and all there was.
outlook-assumed_ration = The energy of the rations in store is not told: between the ration of the programme and 2,100 kcal.
outlook-assumed_cargo = For some arrivals the sources only say for how many people they were; the ration of the programme was assumed.
outlook-open_population = Nobody gave an upper end for the number of people, so that there is no early day: the more there are, the earlier it runs out.
outlook-low_ration = People are taken to eat less than half of what they need.
outlook-counts_in_words = Some statements of stocks are in words or in units that cannot be counted; they are listed among the inputs.
outlook-formula = Days left = what is in store ÷ ({ $need } − what comes in by itself each day). In store is { $store ->
    [counted] what was counted, and what arrived since, less what was destroyed, used, lost in handling and diverted
   *[known] only what is known to have arrived, less what was used, lost in handling and diverted
}.{ $how }
need-food = people × the share of 2,100 kcal that they eat
need-water = people × the share of 15 L that they use
need-health = people who can be treated from it
need-fuel = litres burnt each day
eaten-full = {""}
eaten-constant = { " " }People eat the same share every day.
eaten-threshold = { " " }People eat all they need while there is enough, and a share when it becomes little.

## What is missing

lack-not-counted = Nobody is known to have counted what is in store: the gap lies between none and what known deliveries leave open.
lack-unknown-inflow = What comes in by itself is not known and is taken as nothing.
lack-unknown-arrivals = Something arrived of which it is not known how much came here.
lack-unknown-people = Nobody is known to have counted the people.
lack-no-need = Nobody is there who needs food.
lack-formula = Gap = what is needed − what of it there is to eat. People = gap ÷ days. Tonnes = gap × weight of a ration ÷ (1 − loss). Trucks = tonnes ÷ payload, rounded up.

## Coverage, totals, the flow of goods, access

coverage-is = What there was to eat over what was needed: what was counted in store, what arrived and what comes in by itself, carried over from day to day. Where nobody counted the stock, coverage lies anywhere between what known deliveries give and 1.
totals-of-schemes = Schemes count by their own definitions and are never added to each other.
totals-of-lists = { $people } is the sum over the areas that are named and have a figure; { $list_total } is what the scheme published for its whole list and is not split over areas.
flow-conserved = Of goods: { $equation }.
flow-delivered = Nothing of a convoy that has not arrived is delivered. Of one that has, the smaller of what is reported and what was left; { $delivered_implied } is the part that nobody reported.
flow-sums = Sums are of what is known. Commodities of one sector, kind and unit are added; sectors never are.
flow-without-goods = Convoys without a list of goods count in trucks and people only. A convoy that set out counts as approved, and one that was approved as requested.
flow-once = Missions without cargo are left out. Parts and whole of an operation are counted once; goods of a sector that only the one that is left out tells of are counted too.
access-never-added = Single requests and published counts are never added together; published counts overlap and are shown as their sources give them.
access-people = { $people } compares only requests of which both numbers are known.
access-hours = Hours rest on requests whose days of asking and of answering are both known; a day leaves a range.
access-open = { $pending } is still waiting; { $no_answer } is a request of which its source says that nothing came. Both are open.
