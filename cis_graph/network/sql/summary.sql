-- How many ties and nodes there are, some of the heaviest ties, the heaviest between two nodes, the strongest nodes.
, ties AS MATERIALIZED (/*ties*/), ends AS (
    SELECT source AS node, target AS other, weight FROM ties
    UNION ALL
    SELECT target, source, weight FROM ties WHERE target <> source
), nodes AS MATERIALIZED (
    SELECT node, sum(weight)::BIGINT AS strength FROM ends GROUP BY node
)
SELECT
    (SELECT count(*) FROM ties),
    (SELECT count(*) FROM nodes),
    (SELECT list(row(source, target, weight, projects, grants, begins, ends) ORDER BY weight DESC, source, target)
        FROM (SELECT * FROM ties ORDER BY weight DESC, source, target LIMIT $size OFFSET $skipped)),
    (SELECT list(row(source, target, weight, projects, grants, begins, ends))
        FROM (SELECT * FROM ties WHERE source <> target ORDER BY weight DESC, source, target LIMIT 1)),
    (SELECT list(row(node, strength, degree) ORDER BY strength DESC, node)
        FROM (
            SELECT node, strength, count(DISTINCT other) FILTER (other <> node) AS degree
            FROM (SELECT * FROM nodes ORDER BY strength DESC, node LIMIT $strongest)
            JOIN ends USING (node)
            GROUP BY node, strength
        ))
