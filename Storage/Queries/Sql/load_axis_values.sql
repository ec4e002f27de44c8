select v.attribute, v.code, v.name
from attribute_value v
where v.attribute = any ($1)
order by v.attribute, v.position, v.code
