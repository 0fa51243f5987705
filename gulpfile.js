const { dest, parallel, src } = require('gulp');

// n8n finds an icon by its path from the compiled file, so dist/ keeps the sources' layout.
// Without `encoding: false` gulp 5 reads files as UTF-8.
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () =>
	src('nodes/**/*.node.json', { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));

exports['build:icons'] = parallel(icons, codex);
