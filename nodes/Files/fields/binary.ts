import { text, textList } from '../../kit/fields/values';

export const inputField = textList('binaryFields', {
	displayName: 'Input Data Field Name',
	default: 'data',
	required: true,
	hint: 'The input fields that hold the files, separated by commas, or * for all',
});

export const outputField = text('binaryField', {
	displayName: 'Put Output File in Field',
	default: 'data',
	required: true,
	hint: 'The name of the output field that the file is put into',
});
