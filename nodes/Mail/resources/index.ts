import { attachment } from './attachment';
import { category } from './category';
import { draft } from './draft';
import { folder } from './folder';
import { mailbox } from './mailbox';
import { message } from './message';
import { rule } from './rule';

/** The first is what a new node starts with. */
export const resources = [message, attachment, category, draft, folder, mailbox, rule];
