import type { Resource } from '../../kit/resource';
import type { ImapTools } from '../imap';
import { folder } from './folder';
import { message } from './message';

export const resources: ReadonlyArray<Resource<ImapTools>> = [message, folder];
