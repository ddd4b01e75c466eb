# Les mots des listes fermées.

## Selon qui, dans une phrase.

scheme-un = l’Organisation des Nations Unies
scheme-siege_watch = Siege Watch
scheme-press = la presse et d’autres
scheme-own = notre propre appréciation

## La même chose dans un tableau.

short-scheme-un = ONU
short-scheme-siege_watch = Siege Watch
short-scheme-press = presse
short-scheme-own = nous

## Comment une zone est classée.

status-not_listed = non inscrite
status-besieged = assiégée
status-hard_to_reach = difficile d’accès
status-watchlist = sous surveillance
status-accessible = accessible
status-evacuated = évacuée
status-delisted = retirée de la liste

## La gravité d’une alerte.

severity-low = faible
severity-medium = moyenne
severity-high = élevée
severity-critical = critique

## Ce que cherche une règle, en titre de ce qu’elle a trouvé.

rule-pause_ending = Pauses sur le point de finir, avec des convois à l’intérieur
rule-runout = Les vivres connus s’épuisent bientôt si aucun convoi n’arrive
rule-stock_destroyed = Stocks de vivres détruits, selon les informations reçues
rule-convoy_stalled = Convois en route et sans nouvelles
rule-data_gap = Non compté : la date d’épuisement ne peut être dite
rule-no_delivery = Aucune arrivée connue depuis longtemps
rule-low_coverage = Les arrivées connues couvrent peu des besoins alimentaires
rule-convoy_overdue = Convois en retard
rule-convoy_denied = Convois refusés ou refoulés
rule-convoy_attacked = Convois et leurs équipages attaqués
rule-items_removed = Marchandises retirées des convois
rule-pause_unanswered = Pauses restées sans réponse
rule-pause_violated = Pauses rompues, selon les informations reçues
rule-stale_estimate = Estimations anciennes
rule-population_jump = Décomptes de population qui changent ou se contredisent
rule-facility_attacked = Établissements de santé, boulangeries, stations d’eau touchés
rule-newly_besieged = Zones nouvellement dites assiégées
rule-future_dated = Datés du futur
rule-over_delivery = Plus de livré qu’il n’est possible
rule-route_cut = Voies d’accès coupées, selon les informations reçues
rule-report_skipped = Rapports non établis
rule-delivery_failed = Messages non remis

## Où en est un convoi.

stage-planned = prévu
stage-requested = demandé
stage-approved = approuvé
stage-denied = refusé
stage-loaded = chargé
stage-departed = parti
stage-at_checkpoint = à un point de contrôle
stage-entered = entré
stage-offloaded = déchargé
stage-completed = achevé
stage-postponed = reporté
stage-cancelled = annulé
stage-turned_back = refoulé
stage-attacked = attaqué
stage-looted = pillé
stage-closed_with_loss = clos avec perte

## Ce qu’une partie a répondu.

answer-agreed = a accepté
answer-agreed_with_conditions = a accepté sous conditions
answer-refused = a refusé
answer-willing_to_discuss = disposée à discuter
answer-withdrawn = s’est rétractée
answer-endorsed = a appuyé

## Où en est une pause.

state-open = demandée, tous n’ont pas répondu
state-in_force = en vigueur d’après ses dates
state-not_begun = pas encore commencée
state-announced = offerte ou annoncée ; début non connu
state-begun = commencée ; aucune fin n’est enregistrée
state-answered = demandée, tous ont répondu
state-ended = terminée

## L’urgence du jour où les vivres s’épuisent.

urgency-data_gap = non connue
urgency-none = au-delà de tous les seuils
urgency-medium = moyenne
urgency-high = élevée
urgency-critical = critique

## Ce qui est arrivé, quand aucune source ne lui donne de titre.

incident-health_facility_hit = établissement de santé touché
incident-health_facility_near_hit = frappe à proximité d’un établissement de santé
incident-bakery_hit = boulangerie touchée
incident-water_station_hit = station d’eau touchée
incident-warehouse_hit = entrepôt touché
incident-convoy_attacked = convoi attaqué
incident-convoy_fired_on = tirs sur un convoi
incident-convoy_looted = convoi pillé
incident-convoy_obstructed = convoi entravé
incident-aid_vehicle_fired_on = tirs sur un véhicule humanitaire
incident-aid_worker_attacked = travailleur humanitaire attaqué
incident-shelling = bombardement d’artillerie
incident-shelling_at_distribution = bombardement pendant une distribution
incident-air_strike = frappe aérienne
incident-hostilities = hostilités
incident-chemical_attack_alleged = attaque chimique alléguée
incident-starvation_deaths = décès dus à la faim
incident-supply_route_cut = route d’approvisionnement coupée
incident-medical_evacuation = évacuation médicale
incident-evacuation = évacuation
incident-pause_violation = violation d’une pause
incident-other = autre

## Les sortes d’enregistrements.

kind-population = L’estimation de population
kind-convoy = Le convoi
kind-stock = Le stock
kind-incident = L’incident

## Les nombres sur lesquels reposent les alertes.

fact-since = depuis le { $date }
fact-amount = { $fact } : { $amount }
fact-low = { $fact } (minimum)
fact-high = { $fact } (maximum)
fact-limit = { $fact } : { $amount }
fact-age_days = âge en jours
fact-age_of_count_days = âge du comptage en jours
fact-change_share = part du changement
fact-convoys_inside = convois à l’intérieur
fact-coverage = couverture
fact-days_left_p10 = jours restants (au plus tôt)
fact-days_left_p50 = jours restants (milieu)
fact-days_left_with = jours restants avec la perte
fact-days_left_without = jours restants sans la perte
fact-days_of_need = jours de besoins (médian)
fact-days_since_last_delivery = jours depuis la dernière livraison
fact-days_waited = jours d’attente
fact-exit_hours = heures pour sortir
fact-food_person_days = vivres en personnes-jours
fact-highest_population = population la plus haute
fact-hours_ahead = heures d’avance
fact-hours_late = heures de retard
fact-hours_left = heures restantes
fact-hours_since_request = heures depuis la demande
fact-hours_to_end_of_pause = heures jusqu’à la fin de la pause
fact-hours_to_start = heures jusqu’au début
fact-hours_without_news = heures sans nouvelles
fact-injured = blessés
fact-killed = tués
fact-last_of_its_kind = dernier de son genre
fact-loss_exceeds_stock = perte supérieure au stock
fact-lost_person_days = pertes en personnes-jours
fact-medical = articles médicaux
fact-not_before_days = pas avant (jours)
fact-one_holder_only = un seul détenteur
fact-party = partie
fact-people = personnes
fact-people_before = personnes avant
fact-people_now = personnes maintenant
fact-people_other = personnes selon une autre source
fact-people_reached = personnes atteintes
fact-removed_share_of_kg = part retirée du poids
fact-share_of_stock = part du stock (médiane)
fact-spread_share = part de l’écart
fact-stock_person_days = stock en personnes-jours
fact-terminal = a mis fin à la pause
fact-threshold_days = seuil en jours
fact-threshold_days_p10 = seuil en jours (au plus tôt)
fact-threshold_days_p50 = seuil en jours (milieu)
fact-threshold_hours = seuil en heures
fact-threshold_share = seuil en part
