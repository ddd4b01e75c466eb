# What the words of a report mean, and what is not counted.

term-besieged = Besieged
term-besieged-means = By the definition of the United Nations: surrounded by armed actors with the sustained effect that assistance cannot regularly enter, and civilians, sick and wounded cannot regularly leave.
term-hard-to-reach = Hard to reach
term-hard-to-reach-means = By the definition of the United Nations: not regularly accessible to humanitarian actors for sustained programmes, because access is denied, must be negotiated each time, or because of fighting, checkpoints or approvals that do not come in time. It is not a milder form of siege.
term-by-whose-count = By whose count
term-by-whose-count-means = The United Nations, Siege Watch, the press and others list areas by their own definitions. Their figures stand side by side and are never added. A total that is published for a whole list or a group of areas is not split over its areas.
term-ranges = Ranges
term-ranges-means = A range gives the least and the most that the sources allow. A single number is a source's one figure, given without a range. “At least” and “at most” are the source's words, or mean that a part is not known. What is not known is written “not known”, never 0.
term-no-arrival = No arrival known
term-no-arrival-means = No record of an arrival reached us. It does not prove that nothing arrived.
term-people-reached = People reached
term-people-reached-means = As the sources claim. The least supposes that every convoy to an area served the same people, the most that none was served twice, within the people counted there. Running totals of past months are not added.
term-parts-and-wholes = Parts and wholes
term-parts-and-wholes-means = A convoy that is a part of a larger operation is listed but not counted a second time. Missions without goods are listed but not counted.
term-authors = Authors
term-authors-means = Every claim is its author's, not ours: who did something is told only by the account of a source. Numbers in square brackets lead to the list of sources.
term-food-need = Food need met
term-food-need-means = Food of the arrivals of 30 days against 2,100 kcal for each person and day (one person-day), after { $lost } % lost in handling and { $low } to { $high } % diverted. Stocks, markets, harvests and other ways in are not counted. Where a source tells only for how many people food was meant, the cargo is assumed from it and marked.
term-rules-off = Not looked for
rules-off = A setting turns off alerts, so that their silence here says nothing: { $places }.
rules-off-everywhere = everywhere: { $rules }
rules-off-in = { $which ->
    [none] in { $place }: nothing is left out
   *[some] in { $place }: { $rules }
}

term-means = { $term }: { $means }
