# Ce qui accompagne les images d’un rapport.

map-heading = Où se trouvent ces zones
map-days = Jours de vivres restants, selon le jour médian du tableau ci-dessous :
map-no-position = Aucune position de zone n’est connue.
map-not-drawn = Absentes de la carte, leur position n’étant pas connue : { $areas }.
map-more = { $count ->
    [one] 1 autre zone
   *[other] { $count } autres zones
}
map-inside-only = { $count ->
    [one] 1 zone absente
   *[other] { $count } zones absentes
} de la carte : la position exacte est confidentielle et n’est donnée que dans Passage.

months-heading = Personnes atteintes et personnes dans le besoin, par mois
months-lead = Chaque mois jusqu’à sa fin, le dernier jusqu’à : { $at }. Dans le besoin : personnes des zones assiégées et difficiles d’accès, selon le dernier décompte publié pour toute la liste ; à défaut, selon les décomptes des zones nommées.
months-month = Mois
months-arrivals = Convois arrivés
months-reached = Personnes atteintes
months-in-need = Personnes dans le besoin
months-counted = Décompte
months-none = aucun connu
months-no-arrival = aucune arrivée connue
months-unknown = { $count ->
    [one] pour 1, le nombre de personnes n’est pas connu
   *[other] pour { $count }, le nombre de personnes n’est pas connu
}

funnel-heading = Jusqu’où sont allés les convois de la période
funnel-rest = Refusés ou refoulés : { $refused }. En route : { $road }. Attaqués, pillés, refoulés ou abandonnés après leur départ : { $stopped }. Personnes atteintes par ceux qui sont arrivés, selon les sources : { $people }.
funnel-more = { $count ->
    [one] 1 autre source
   *[other] { $count } autres sources
}
funnel-none = Aucun convoi demandé, chargé ou en route n’est connu pour la période.

rows-left-out = { $count ->
    [one] 1 autre ligne omise
   *[other] { $count } autres lignes omises
} pour que cette page reste sous 300 Ko ; le JSON et le classeur contiennent tout.
