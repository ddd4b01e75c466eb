// The head of a view that has parts: its title, and the ways to them.

interface Head<P extends string> {
  title: string;
  /** What the ways are called for those who hear them. */
  label: string;
  parts: readonly P[];
  open: P;
  name: (part: P) => string;
  href: (part: P) => string;
}

export function PartsHead<P extends string>({ title, label, parts, open, name, href }: Head<P>) {
  return (
    <div class="view-head">
      <h1>{title}</h1>
      <nav class="parts" aria-label={label}>
        {parts.map((part) => (
          <a key={part} href={href(part)} aria-current={part === open ? 'page' : undefined}>
            {name(part)}
          </a>
        ))}
      </nav>
    </div>
  );
}
