package pack

import (
	"context"
	"io"
	"sync"
)

// pieceSize is how much is read at a time, in bytes. Four pieces are under way.
const pieceSize = 512 << 10

// ahead reads from in, in a goroutine of its own, and shows each piece to see there
// before it is given out. So two sums are made at once, and the disk does not
// wait for either. The caller closes it before in goes away.
type ahead struct {
	ctx    context.Context
	cancel context.CancelFunc
	pieces chan piece
	free   chan []byte
	done   sync.WaitGroup
	now    piece // what is left of the piece that is given out
	whole  []byte
}

type piece struct {
	data []byte
	err  error
}

func readAhead(ctx context.Context, in io.Reader, see func([]byte)) *ahead {
	a := &ahead{pieces: make(chan piece), free: make(chan []byte, 4)}
	a.ctx, a.cancel = context.WithCancel(ctx)
	for range cap(a.free) {
		a.free <- make([]byte, pieceSize)
	}
	a.done.Go(func() {
		defer close(a.pieces)
		for {
			var buffer []byte
			select {
			case buffer = <-a.free:
			case <-a.ctx.Done():
				return
			}
			n, err := io.ReadFull(in, buffer)
			if err == io.ErrUnexpectedEOF {
				err = io.EOF
			}
			see(buffer[:n])
			select {
			case a.pieces <- piece{buffer[:n], err}:
			case <-a.ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	})
	return a
}

// fill makes sure that there is something to give out.
func (a *ahead) fill() error {
	for len(a.now.data) == 0 {
		if a.now.err != nil {
			return a.now.err
		}
		if a.whole != nil {
			a.free <- a.whole[:pieceSize]
			a.whole = nil
		}
		p, ok := <-a.pieces
		if !ok {
			a.now.err = context.Cause(a.ctx)
			return a.now.err
		}
		a.now, a.whole = p, p.data
	}
	return nil
}

// Read gives out what has been read.
func (a *ahead) Read(p []byte) (int, error) {
	if err := a.fill(); err != nil {
		return 0, err
	}
	n := copy(p, a.now.data)
	a.now.data = a.now.data[n:]
	return n, nil
}

// ReadByte gives out a byte; with it, a decompressor reads no more than it needs.
func (a *ahead) ReadByte() (byte, error) {
	if len(a.now.data) == 0 {
		if err := a.fill(); err != nil {
			return 0, err
		}
	}
	b := a.now.data[0]
	a.now.data = a.now.data[1:]
	return b, nil
}

// Close ends the reading. It may be called at any time.
func (a *ahead) Close() error {
	a.cancel()
	a.done.Wait()
	return nil
}
