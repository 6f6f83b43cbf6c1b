-- A place is looked up by the name somebody typed: the key begins with it. A name has 120 characters at
-- the most; a whole key may be too long for an index.
CREATE INDEX resources_by_name ON resources (left(search_key, 120) text_pattern_ops);
CREATE INDEX resources_of_one_name ON resources (name);
