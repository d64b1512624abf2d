-- Keys are those of IRIs; ids count from 0 in order of key, so that the smaller id is the smaller key.
-- x and y are where an actor is shown; left_x and left_y where forces left it, from which the next release goes on.
CREATE TABLE actors (
    id INTEGER, key VARCHAR, label VARCHAR, type VARCHAR, types VARCHAR[],
    x DOUBLE, y DOUBLE, community VARCHAR, betweenness DOUBLE, region VARCHAR,
    left_x DOUBLE, left_y DOUBLE
);
-- cooperation and funding are what the project weighs in a tie, in millionths.
CREATE TABLE projects (
    id INTEGER, key VARCHAR, label VARCHAR, kind VARCHAR, themes VARCHAR[], audiences VARCHAR[], methods VARCHAR[],
    partners INTEGER, payees INTEGER, cooperation BIGINT, funding BIGINT
);
CREATE TABLE territories (id INTEGER, key VARCHAR, level VARCHAR, label VARCHAR, latitude DOUBLE, longitude DOUBLE);
-- Lists that many parties have in common: of keys, of ids of territories.
CREATE TABLE key_lists (id INTEGER, members VARCHAR[]);
CREATE TABLE area_lists (id INTEGER, members INTEGER[]);
-- wide_roles are the roles with all broader ones; areas are every territory around, the others those of one level.
CREATE TABLE parties (
    id INTEGER, project INTEGER, actor INTEGER, side VARCHAR, leads BOOLEAN, roles VARCHAR[], participations VARCHAR[],
    begins DATE, ends DATE, dated VARCHAR, placed VARCHAR, wide_roles INTEGER, contributors INTEGER,
    areas INTEGER, region INTEGER, departement INTEGER, epci INTEGER, commune INTEGER
);
-- Two parties that meet: their actors by id, what the project weighs, from when to when, and their lists of territories.
CREATE TABLE pairs (
    tie VARCHAR, kind VARCHAR, project INTEGER, one INTEGER, other INTEGER, source INTEGER, target INTEGER,
    weight INTEGER, begins DATE, ends DATE, source_region INTEGER, target_region INTEGER,
    source_departement INTEGER, target_departement INTEGER, source_epci INTEGER, target_epci INTEGER,
    source_commune INTEGER, target_commune INTEGER
);
