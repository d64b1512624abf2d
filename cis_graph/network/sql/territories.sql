-- Pairs of territories for pairs of actors; where both actors work in both territories, the pair counts once.
SELECT /*source*/ AS source, /*target*/ AS target, project, kind, weight, begins, ends
FROM (
    SELECT *, unnest(target_places) AS target_place
    FROM (SELECT *, unnest(source_places) AS source_place FROM pairs)
)
WHERE /*once*/
