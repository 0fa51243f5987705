import { column } from './column';
import { contentType } from './contentType';
import { item } from './item';
import { list } from './list';
import { page } from './page';
import { site } from './site';

/** The first is what a new node starts with. */
export const resources = [item, column, contentType, list, page, site];
