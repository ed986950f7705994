// Source files as JavaScript, for programs that tests start and kill: Node 20 runs no TypeScript by itself.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..', '..');

/** Compiles a file of this project with all it imports. Returns the path of its JavaScript and a function that removes it. */
export function compile(entry: string): { path: string; remove: () => void } {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // Within the project, so that packages are found.
  const out = mkdtempSync(join(root, '.cache', 'compiled-'));
  const done = new Set<string>();
  const compileFile = (file: string): void => {
    if (done.has(file)) return;
    done.add(file);
    const source = readFileSync(file, 'utf8');
    const { outputText } = ts.transpileModule(source, {
      fileName: file,
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
        jsx: ts.JsxEmit.ReactJSX,
        jsxImportSource: 'hono/jsx',
      },
    });
    const target = join(out, relative(root, file).replace(/\.tsx?$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      if (!fileName.startsWith('.')) continue;
      const imported = ['.ts', '.tsx'].map((ending) => resolve(dirname(file), fileName.replace(/\.js$/, ending)));
      const found = imported.find((each) => existsSync(each));
      if (found) compileFile(found);
    }
  };
  compileFile(resolve(root, entry));
  return {
    path: join(out, entry.replace(/\.ts$/, '.js')),
    remove: () => rmSync(out, { recursive: true, force: true }),
  };
}
