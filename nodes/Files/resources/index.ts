import { change } from './change';
import { drive } from './drive';
import { file } from './file';
import { folder } from './folder';
import { sharing } from './sharing';
import { version } from './version';

/** The first is what a new node starts with. */
export const resources = [file, folder, sharing, version, drive, change];
