//! Well-known text to shapes. Words in any letter case, `SRID=4326;` in front, heights and measures (which are dropped).

use super::shape::{Line, Position, Shape, line, polygon};

/// Collections within collections.
const DEEPEST: usize = 8;

/// Reads a shape; `None` for what is none, or lies off the globe.
pub(super) fn read(text: &str) -> Option<Shape> {
    let text = text.trim();
    let rest = match text.split_once(';') {
        Some((srid, rest)) if srid.trim().eq_ignore_ascii_case("SRID=4326") => rest,
        Some(_) => return None,
        None => text,
    };
    let mut reader = Reader { rest };
    let shape = reader.shape(DEEPEST)?;
    reader.rest.trim().is_empty().then_some(shape)
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn word(&mut self) -> &'t str {
        let text = self.rest.trim_start();
        let end = text
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }

    /// A character, when it comes next.
    fn take(&mut self, character: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn empty(&mut self) -> bool {
        let before = self.rest;
        let mut word = self.word();
        if ["Z", "M", "ZM"]
            .iter()
            .any(|w| w.eq_ignore_ascii_case(word))
        {
            let behind = self.rest;
            word = self.word();
            if word.eq_ignore_ascii_case("EMPTY") {
                return true;
            }
            self.rest = behind;
            return false;
        }
        let empty = word.eq_ignore_ascii_case("EMPTY");
        if !empty {
            self.rest = before;
        }
        empty
    }

    fn shape(&mut self, depth: usize) -> Option<Shape> {
        let depth = depth.checked_sub(1)?;
        let word = self.word().to_ascii_uppercase();
        if self.empty() {
            return match word.as_str() {
                "MULTIPOINT" => Some(Shape::Points(Vec::new())),
                "MULTILINESTRING" => Some(Shape::Lines(Vec::new())),
                "MULTIPOLYGON" => Some(Shape::Polygons(Vec::new())),
                // An empty singular has no form of its own.
                "POINT" | "LINESTRING" | "POLYGON" | "GEOMETRYCOLLECTION" => {
                    Some(Shape::Collection(Vec::new()))
                }
                _ => None,
            };
        }
        Some(match word.as_str() {
            "POINT" => match self.places()?.as_slice() {
                [point] => Shape::Point(*point),
                _ => return None,
            },
            "LINESTRING" => Shape::Line(line(self.places()?)?),
            "POLYGON" => Shape::Polygon(polygon(self.list(Self::places)?)?),
            "MULTIPOINT" => Shape::Points(self.list(Self::loose_place)?),
            "MULTILINESTRING" => Shape::Lines(self.list(|r| line(r.places()?))?),
            "MULTIPOLYGON" => Shape::Polygons(self.list(|r| polygon(r.list(Self::places)?))?),
            "GEOMETRYCOLLECTION" => Shape::Collection(self.list(|r| r.shape(depth))?),
            _ => return None,
        })
    }

    /// Items in parentheses.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if !self.take('(') {
            return None;
        }
        let mut items = vec![item(self)?];
        while self.take(',') {
            items.push(item(self)?);
        }
        self.take(')').then_some(items)
    }

    fn places(&mut self) -> Option<Line> {
        self.list(Self::place)
    }

    /// A place of several, in parentheses of its own or not.
    fn loose_place(&mut self) -> Option<Position> {
        let wrapped = self.take('(');
        let place = self.place()?;
        (!wrapped || self.take(')')).then_some(place)
    }

    fn place(&mut self) -> Option<Position> {
        let end = self.rest.find([',', ')'])?;
        let (numbers, rest) = self.rest.split_at(end);
        self.rest = rest;
        let numbers: Option<Vec<f64>> = numbers
            .split_ascii_whitespace()
            .map(|number| number.parse().ok())
            .collect();
        match numbers?.as_slice() {
            [longitude, latitude] | [longitude, latitude, _] | [longitude, latitude, _, _] => {
                Position::new(*longitude, *latitude)
            }
            _ => None,
        }
    }
}
