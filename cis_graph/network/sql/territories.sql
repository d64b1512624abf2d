-- Pairs of territories for pairs of parties; where both actors work in both territories, the pair counts once.
SELECT * EXCLUDE (source_places, target_places, source_place, target_place),
    /*source*/ AS source, /*target*/ AS target
FROM (
    SELECT *, unnest(target_places) AS target_place
    FROM (
        SELECT placed.*, of_source.members AS source_places, of_target.members AS target_places,
            unnest(of_source.members) AS source_place
        FROM (/*placed*/) placed
        JOIN area_lists of_source ON of_source.id = placed.source_/*level*/
        JOIN area_lists of_target ON of_target.id = placed.target_/*level*/
    )
)
WHERE /*once*/
