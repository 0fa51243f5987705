import { attachment } from './attachment';
import { draft } from './draft';
import { folder } from './folder';
import { message } from './message';

/** The first is what a new node starts with. */
export const resources = [message, attachment, draft, folder];
