# How long food lasts, what is missing.

lasts-heading = How long food lasts
lasts-nothing = No area was known to be besieged or hard to reach, and no stock to be counted.
lasts-band = Early, middle and late day: one chance in ten that food ends before the early day, as likely before as after the middle day, one chance in ten that it lasts beyond the late day.
lasts-holds-if = The days hold if no further convoy arrives.
lasts-over = over { $days }
lasts-range = { $middle } ({ $early } to { $late })
lasts-gone = counted food is gone
lasts-gone-range = counted food is gone (0 to { $late })
lasts-never = does not end as things are
lasts-not-within = not within { $days } days
lasts-nobody = nobody needs it
later-than-looked = later than was looked
one-in-ten-before = one chance in ten before { $day }
not-before = not before { $day }, in { $days }

counted-that-day = counted { $day }, that day{ $held }
counted-ago = counted { $day }, { $days } ago{ $held }
held-by = , held by { $holders }
since-then = since then: { $events }
known-since = known: { $events }

head-days-left = Days left
head-rests-on = Rests on
head-urgency = Urgency
not-called-cut-off = nobody calls it cut off
deliveries-alone = known deliveries alone; the stock is not counted
deliveries-alone-text = stock not counted, known deliveries alone
food-line = { $area }. Days left: { $left }. Urgency: { $urgency }. People: { $people }. Rests on: { $rests }.
food-dates = { $left }: { $dates }

## What must be minded

note-one_holder = Rests on what one organisation holds: the dates are a floor, not a forecast. What others and families hold is not in it.
note-unknown_inflow = What comes in by itself (own production, trade, smuggling) is not known and is taken as nothing: food may last longer.
note-stale_count = The count is old: what was eaten, brought and lost since is reckoned, not counted.
note-counts_may_overlap = Several organisations counted what they hold and may have counted the same food: the least is the largest count, the most is their sum.
note-unknown_arrivals = Something arrived of which nobody told how much; it is not reckoned with: food may last longer.
note-assumed_ration = The energy of the rations in store is not told: taken between the ration of the programme and 2,100 kcal.
note-assumed_cargo = For some arrivals the sources say only for how many people they were; the ration of the programme is assumed.
note-open_population = Nobody gave an upper end for the number of people: the early day may lie earlier.
note-low_ration = People are taken to eat less than half of what they need.
note-counts_in_words = Other statements of stocks are in words or in units that cannot be counted, and are left out.

## Areas without a day

area-with-people = { $area } ({ $people } people)
stock-not-counted = For { areas } called besieged or hard to reach nobody is known to have counted the stock: { $named }.
count-first = To count first, where what is known to have arrived is used up soonest and most people live: { $named }.
people-not-counted = For { areas } nobody is known to have counted the people, so that nothing can be told: { $named }.
nobody-in-need = Nobody is there who needs food: { $named }.

## The sentence at the top

ends-first = { $area }: { $food ->
    [counted] the food that was counted
   *[all] food
} is gone about { $middle }, in { $days } ({ $early } to { $late }), if no further convoy arrives.
ends-first-gone = { $area }: { $food ->
    [counted] the food that was counted
   *[all] food
} is gone by now.
ends-first-holder = Only the stock of { $holders } was counted, on { $day }{ $aged ->
    [yes] , { $age } ago
   *[no] {""}
}: this is a floor on the date, not a forecast.
ends-first-others = In { more-areas } it is gone within two weeks too.

## The chart

chart-title = Days left of food, by area, the most urgent first
chart-described = { $days }. The table has the same numbers.
chart-bar = { $area }: { $left }
chart-caption = Hatched band: from the early to the late day. Thick mark: the middle day. Arrow: it goes on beyond the { $days } days shown, which begin with { $begin }. A day on the axis stands where it ends.
chart-left-out = { more-areas } in the table.

## The gap

gap-heading = The gap of the next 30 days
gap-not-known = Not known: nobody is known to have counted the people.
gap-lead = People without food, { $from } to { $to }, and what it takes.
head-people-without-food = People without food
head-tonnes = Tonnes
head-convoys-of-gap = Convoys
gap-stock-not-counted = stock not counted
gap-line = { $area }: { $missing }.
gap-missing = people { $people }; tonnes { $tonnes }; trucks { $trucks }
gap-missing-convoys = people { $people }; tonnes { $tonnes }; trucks { $trucks }; convoys { $convoys }
gap-all = All { $areas } together
gap-all-text = All { $areas } areas together, least to most: { $missing }.
least-to-most = least to most
gap-assumes = Assumes 2,100 kcal for each person and day, { $ration } kg a ration, { $loss } % lost in handling, { $payload } tonnes on a truck{ $own }, and no further convoy; where the stock is not counted, there may be enough for all.
gap-own = ; as stored for { $areas }
gap-own-area = { $area } ({ $haulage })
gap-haulage = { $ration } kg, { $loss } %, { $payload } tonnes
gap-haulage-convoy = { $ration } kg, { $loss } %, { $payload } tonnes, { $trucks } trucks a convoy
gap-no-convoys = Convoys are not told: nobody stored how many trucks go in one.
gap-unknown = What { areas } more lack is not known: nobody is known to have counted the people.
