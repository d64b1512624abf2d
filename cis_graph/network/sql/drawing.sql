-- The heaviest ties of actors, how many there are, and each meeting of theirs; 0 stands for a year not known.
SELECT source, target, total, named.weight, coalesce(year(begins), 0), coalesce(year(ends), 0)
FROM (
    SELECT source, target, count(*) OVER () AS total
    FROM named
    GROUP BY source, target
    HAVING sum(weight) >= $least
    ORDER BY sum(weight) DESC, source, target
    LIMIT $most
)
JOIN named USING (source, target)
ORDER BY source, target, project, named.weight
