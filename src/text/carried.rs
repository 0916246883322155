//! Quotations that go on in the next paragraph: as is the convention of the news, each paragraph opens the quotation again
//! and the last one closes it; or marks stand around all of them, and none between.

use super::quotation::{Mark, Marks, SINGLE};
use super::{Block, Field, Language, Quotation};
use std::ops::Range;

/// A passage of several paragraphs with marks around it and none between has at most so many.
const SET_OFF: usize = 8;

/// A quotation that is open at the end of a paragraph.
struct Going {
    block: usize,
    /// Its opening mark.
    start: usize,
    sort: usize,
    /// Paragraphs behind without a mark.
    bare: Vec<usize>,
}

/// Carries quotations that are open at the end of a paragraph into those behind: where the next one opens with a mark of
/// the same sort, the first is quoted to its end; where one closes what none of them opens, so are those between. What
/// neither opens again nor closes is a missing mark, and ends with its sentence.
pub(super) fn carry(blocks: &mut [Block], language: &Language) {
    let marks = Marks::of(language);
    let mut going: Option<Going> = None;
    for number in 0..blocks.len() {
        let Some(block) = blocks.get(number) else { return };
        match block.field {
            Field::Body => {}
            // A picture or a line that leads elsewhere may stand in the midst of what somebody says.
            Field::Headline | Field::Standfirst => {
                going = None;
                continue;
            }
            _ => continue,
        }
        let all = marks.all(&block.tokens, &block.prose);
        let still = open_at(block, &all).map(|(start, sort)| Going { block: number, start, sort, bare: Vec::new() });
        let Some(mut before) = going.take() else {
            going = still;
            continue;
        };
        match all.iter().find(|mark| mark.sort == before.sort) {
            Some(mark) if mark.at == 0 && before.bare.is_empty() => {
                quote(blocks, before.block, before.start..usize::MAX)
            }
            Some(mark) if !mark.opens && before.sort != SINGLE && still.is_none() => {
                quote(blocks, before.block, before.start..usize::MAX);
                before.bare.iter().for_each(|bare| quote(blocks, *bare, 0..usize::MAX));
                quote(blocks, number, 0..mark.at + 1);
            }
            None if before.bare.len() < SET_OFF => {
                before.bare.push(number);
                going = Some(before);
                continue;
            }
            _ => {}
        }
        going = still;
    }
}

/// The mark of a quotation that is open at the end of a block, with its sort.
fn open_at(block: &Block, marks: &[Mark]) -> Option<(usize, usize)> {
    if let Some(last) = block.quotations.last().filter(|last| !last.closed) {
        let mark = marks.iter().find(|mark| mark.at == last.tokens.start)?;
        return Some((mark.at, mark.sort));
    }
    // A single mark opens nothing where none closes it in its block; one that is no apostrophe may be closed further down.
    let last = marks.iter().rfind(|mark| mark.sort == SINGLE)?;
    (last.opens && last.surely && !block.is_quoted(last.at)).then_some((last.at, SINGLE))
}

/// Makes a range of tokens a quotation that is not closed, with all that is quoted in it.
fn quote(blocks: &mut [Block], number: usize, tokens: Range<usize>) {
    let Some(block) = blocks.get_mut(number) else { return };
    let tokens = tokens.start..tokens.end.min(block.tokens.len());
    let behind = block.quotations.iter().filter(|known| known.tokens.start >= tokens.end).cloned();
    let before = block.quotations.iter().filter(|known| known.tokens.end <= tokens.start).cloned();
    let quotation = Quotation { tokens: tokens.clone(), closed: false };
    block.quotations = before.chain([quotation]).chain(behind.collect::<Vec<_>>()).collect();
}
