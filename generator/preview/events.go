package preview

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Limits of the streams that tell browsers of new generations.
const (
	mostStreams = mostConnections / 4 // of either kind of address at least half is left for pages
	beat        = 25 * time.Second    // between signs of life, which find closed tabs
	streamTime  = time.Hour           // then the browser asks anew
)

// subscribers are the open tabs.
type subscribers struct {
	mu   sync.Mutex
	open map[chan struct{}]bool
}

// subscribe returns a channel that gets a value after every swap, or false when
// too many have one.
func (s *subscribers) subscribe() (chan struct{}, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) >= mostStreams {
		return nil, false
	}
	if s.open == nil {
		s.open = map[chan struct{}]bool{}
	}
	c := make(chan struct{}, 1)
	s.open[c] = true
	return c, true
}

func (s *subscribers) unsubscribe(c chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, c)
}

// notify wakes every tab. One that was not done with the swap before learns of
// both at once.
func (s *subscribers) notify() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.open {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// events is a stream of the numbers of generations, the current one first
// (server-sent events, WHATWG HTML 9.2). It carries nothing else.
func (p *Preview) events(w http.ResponseWriter, r *http.Request) {
	swapped, ok := p.subscribe()
	if !ok {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "Too many tabs show the preview.", http.StatusServiceUnavailable)
		return
	}
	defer p.unsubscribe(swapped)
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return // nobody would see the stream, nor its end
	}
	out := http.NewResponseController(w)
	end := time.After(streamTime)
	alive := time.NewTicker(beat)
	defer alive.Stop()
	line := fmt.Sprintf("retry: 1000\ndata: %d\n\n", p.now.Load().number)
	for {
		_ = out.SetWriteDeadline(time.Now().Add(answerTime)) // every connection has deadlines
		if _, err := w.Write([]byte(line)); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-end:
			return
		case <-alive.C:
			line = ":\n\n"
		case <-swapped:
			line = fmt.Sprintf("data: %d\n\n", p.now.Load().number)
		}
	}
}
