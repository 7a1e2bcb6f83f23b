// The paper's own parts of the text editor.
export { Pasting, TypingAids } from "newsroom/editor/aids";
export { Direction, Quote } from "newsroom/editor/blocks";
export { StoryLink } from "newsroom/editor/links";
export { ArchivePicture } from "newsroom/editor/pictures";
export { CaptionedTable } from "newsroom/editor/tables";
export { VideoCard } from "newsroom/editor/videos";
