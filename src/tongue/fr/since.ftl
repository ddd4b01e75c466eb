# Ce qui s’est passé, a bougé ou a été appris depuis le dernier rapport.

since-none = Aucun jour d’épuisement des vivres n’a bougé ; aucun convoi n’a été attaqué, refusé ni n’est arrivé ; aucune pause n’a été rompue ni n’a reçu de réponse ; aucun décompte de population n’a changé et aucune estimation n’est devenue ancienne, d’après ce que l’on sait.
since-runouts = Vivres : jours qui ont bougé
since-convoys = Convois attaqués, refusés, arrivés
since-pauses = Pauses rompues ou ayant reçu une réponse
since-populations = Décomptes de population, selon qui compte
since-stale = Estimations devenues anciennes
since-rest = Nombres, listes et alertes
since-more = … et { $count } de plus, dans le classeur et la version JSON.

since-late = appris tard
since-late-report = Appris tard : daté d’avant le dernier rapport, qui ne le connaissait pas.
since-late-begin = Appris tard : daté d’avant la période, et non connu à son début.
since-taken-back = n’est plus dit
since-taken-back-means = N’est plus dit : c’était dit auparavant, et a depuis été corrigé, retiré ou tu.
since-marked = { $told } ({ $mark })

## Le jour où les vivres s’épuisent

since-runout = { $area } : { $shift } ; auparavant { $then }, maintenant { $now }.
since-gone = d’après ce que l’on sait, les vivres ont été consommés
since-nearer = les vivres s’épuisent plus tôt
since-nearer-days = les vivres s’épuisent { in-days } plus tôt
since-floor-nearer = le premier jour où les vivres peuvent s’épuiser vient { in-days } plus tôt
since-floor = le premier jour où les vivres peuvent s’épuiser a bougé
since-known = le jour où les vivres s’épuisent peut maintenant être dit
since-unknown = le jour où les vivres s’épuisent ne peut plus être dit
since-later = les vivres durent plus longtemps
since-later-days = les vivres durent { in-days } de plus
since-floor-later = le premier jour où les vivres peuvent s’épuiser vient { in-days } plus tard
since-about = vers le { $day }
since-eaten = il ne reste rien de ce qui a été compté
since-not-within = au-delà de { $days } jours
since-not-before = pas avant le { $day }
since-why = Pourquoi : { $causes }.
since-why-although = Malgré : { $causes }.
since-why-not-told = Aucun enregistrement ne l’explique à lui seul.
since-why-none = Aucun nouvel enregistrement ne dit pourquoi : les mêmes ont été recalculés.
since-why-eaten = Depuis lors, aucun nouveau comptage ni aucune livraison n’est connu.
since-more-causes = { $count } de plus
since-cause-count = un comptage du stock, { $day }
since-cause-delivery = une livraison, { $day }
since-cause-loss = des vivres perdus, { $day }
since-cause-people = un décompte de la population, { $day }
since-cause-inflow = une estimation de ce qui entre de soi-même, { $day }
since-cause-ration = une estimation de ce que les gens mangent, { $day }

## Ce que sont devenus les convois

fate-attacked = attaqué
fate-looted = pillé
fate-lost = clos avec perte
fate-denied = refusé
fate-turned_back = refoulé
fate-arrived = arrivé
since-convoy = { $convoy } vers { $to } : { $fate }, { $day }.
since-mission = {" "}(mission sans marchandises)
since-reached = Personnes atteintes, selon les sources : { $people }.
since-meant = Camions : { $trucks }. Personnes visées : { $people }.
since-on-a-convoy = { $what } ({ $to }) : { $fate }, { $day }, selon les informations reçues.
since-a-convoy = Un convoi

## Pauses

since-pause = { $pause }. { $what }.

## Décomptes de population

since-count-of = { $place }, { $metric }, { $by }
since-counted = { $people } ({ $day })
since-count = { $of } : auparavant { $then }, maintenant { $now }.
since-count-first = { $of } : { $now } ; aucun décompte de cette source auparavant.
since-count-beside = Le plus récent auparavant : { $figure }, { $by }.
since-count-gone = { $of } : auparavant { $then }, maintenant aucun décompte.
metric-residents = habitants
metric-besieged = personnes assiégées
metric-hard_to_reach = personnes difficiles d’accès
metric-besieged_and_hard_to_reach = personnes assiégées et difficiles d’accès
metric-watchlist = personnes dans des lieux sous surveillance
metric-trapped = personnes isolées
metric-in_need = personnes dans le besoin
metric-assisted = personnes recevant une aide

## Estimations

since-stale-people = { $area } : le dernier décompte de la population, { $day }, date de { $age } jours ; au-delà de { $limit } jours, il est tenu pour ancien.
since-stale-stock = { $area } : ce que l’on sait du stock, { $day }, date de { $age } jours ; au-delà de { $limit } jours, cela est tenu pour ancien.
