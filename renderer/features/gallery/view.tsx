import { useState } from 'react';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { figures } from './figures.fixture.ts';
import { words } from './words.ts';

/** Every kind of chart, drawn from fixed data: what a test looks at, and who builds a page. */
export function GalleryView() {
  const [picked, setPicked] = useState(0);
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={[words.about(figures.length), picked ? words.picked(picked) : null]}
      />
      <div className="figure-grid">
        {figures.map((figure) => (
          <FigureCard
            key={figure.id}
            figure={figure}
            height={240}
            {...(figure.id === 'scatter' ? { onPick: (marks) => setPicked(marks.length) } : {})}
          />
        ))}
      </div>
    </PageBody>
  );
}
