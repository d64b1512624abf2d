-- The territories with most weight, each with its weights among them; of how many, and the heaviest tie of all.
, ties AS MATERIALIZED (
    SELECT source, target, sum(weight)::BIGINT AS weight
    FROM (/*pairs*/)
    GROUP BY source, target
    HAVING sum(weight) >= $least
), chosen AS MATERIALIZED (
    SELECT node, sum(weight)::BIGINT AS strength, count(*) OVER () AS total
    FROM (
        SELECT source AS node, weight FROM ties
        UNION ALL
        SELECT target, weight FROM ties WHERE target <> source
    )
    GROUP BY node
    ORDER BY strength DESC, node
    LIMIT $most
)
SELECT node, strength, total, (SELECT max(weight) FROM ties), coalesce(targets, []), coalesce(weights, [])
FROM chosen
LEFT JOIN (
    SELECT source, list(target) AS targets, list(weight) AS weights
    FROM ties
    WHERE source IN (SELECT node FROM chosen) AND target IN (SELECT node FROM chosen)
    GROUP BY source
) ON source = node
ORDER BY node
